-- Whether a story should go on.

CREATE TABLE votes (
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    choice TEXT NOT NULL CHECK (choice IN ('continue', 'leave')),
    guild_id INTEGER,                -- where it was last cast; NULL: in a direct message
    cast_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, story_id)
);
CREATE INDEX votes_by_story ON votes (story_id, choice, guild_id);
CREATE TRIGGER vote_cast AFTER INSERT ON votes WHEN NEW.choice = 'continue' BEGIN
    UPDATE stories SET go_on = go_on + 1 WHERE id = NEW.story_id;
END;
CREATE TRIGGER vote_changed AFTER UPDATE OF choice ON votes WHEN NEW.choice <> OLD.choice BEGIN
    UPDATE stories SET go_on = go_on + iif(NEW.choice = 'continue', 1, -1) WHERE id = NEW.story_id;
END;
CREATE TRIGGER vote_withdrawn AFTER DELETE ON votes WHEN OLD.choice = 'continue' BEGIN
    UPDATE stories SET go_on = go_on - 1 WHERE id = OLD.story_id;
END;
