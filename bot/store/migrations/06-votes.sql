-- Whether a story should go on: the votes, their counts, the rules they are held by, and the author's answer.

-- A vote is replaced by taking it out and putting another in, so that two triggers see all that happens.
CREATE TABLE votes (
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    choice TEXT NOT NULL CHECK (choice IN ('continue', 'leave')),
    guild_id INTEGER,                -- where it was last cast; NULL: in a direct message
    cast_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, story_id)
);
CREATE INDEX votes_by_story ON votes (story_id, choice, guild_id);
CREATE TRIGGER vote_unchangeable BEFORE UPDATE ON votes BEGIN
    SELECT RAISE(ABORT, 'a vote is replaced, not changed');
END;

CREATE TABLE vote_rules (            -- a story without a row: no quorum, more than half, nothing hidden, open
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    quorum INTEGER NOT NULL DEFAULT 0,
    threshold TEXT NOT NULL DEFAULT 'half',  -- a Threshold of bot/voting.py
    hidden INTEGER NOT NULL DEFAULT 0,       -- 1: the counts show only once it is closed
    closed_at INTEGER                        -- NULL: readers may vote
);

-- The counts are what the rows of votes and places say, whoever changes those, and cost the same at a million.
CREATE TABLE vote_counts (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    guild_id INTEGER NOT NULL,       -- where they were cast; 0: all of the story's
    go_on INTEGER NOT NULL,
    leave INTEGER NOT NULL,
    PRIMARY KEY (story_id, guild_id)
) WITHOUT ROWID;
CREATE TABLE finish_counts (         -- who has finished a story: a place with a finished_at
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    readers INTEGER NOT NULL,
    go_on INTEGER NOT NULL,          -- of these readers
    leave INTEGER NOT NULL
);

CREATE TRIGGER vote_cast AFTER INSERT ON votes BEGIN
    INSERT INTO vote_counts (story_id, guild_id, go_on, leave)
        SELECT NEW.story_id, value, NEW.choice = 'continue', NEW.choice = 'leave'
        FROM (SELECT 0 AS value UNION SELECT NEW.guild_id) WHERE value IS NOT NULL
        ON CONFLICT DO UPDATE SET go_on = go_on + excluded.go_on, leave = leave + excluded.leave;
    UPDATE finish_counts SET go_on = go_on + (NEW.choice = 'continue'), leave = leave + (NEW.choice = 'leave')
        WHERE story_id = NEW.story_id AND EXISTS (SELECT 1 FROM places p
            WHERE p.user_id = NEW.user_id AND p.story_id = NEW.story_id AND p.finished_at IS NOT NULL);
END;
CREATE TRIGGER vote_withdrawn AFTER DELETE ON votes BEGIN
    UPDATE vote_counts SET go_on = go_on - (OLD.choice = 'continue'), leave = leave - (OLD.choice = 'leave')
        WHERE story_id = OLD.story_id AND guild_id IN (0, OLD.guild_id);
    UPDATE finish_counts SET go_on = go_on - (OLD.choice = 'continue'), leave = leave - (OLD.choice = 'leave')
        WHERE story_id = OLD.story_id AND EXISTS (SELECT 1 FROM places p
            WHERE p.user_id = OLD.user_id AND p.story_id = OLD.story_id AND p.finished_at IS NOT NULL);
END;

CREATE VIEW finishers AS             -- who has finished, and how they voted
    SELECT p.user_id, p.story_id, coalesce(v.choice = 'continue', 0) AS go_on, coalesce(v.choice = 'leave', 0) AS leave
    FROM places p LEFT JOIN votes v ON v.user_id = p.user_id AND v.story_id = p.story_id
    WHERE p.finished_at IS NOT NULL;
CREATE TRIGGER begun_at_the_end AFTER INSERT ON places WHEN NEW.finished_at IS NOT NULL BEGIN
    INSERT INTO finish_counts (story_id, readers, go_on, leave)
        SELECT f.story_id, 1, f.go_on, f.leave FROM finishers f
        WHERE f.user_id = NEW.user_id AND f.story_id = NEW.story_id
        ON CONFLICT DO UPDATE SET readers = readers + 1, go_on = go_on + excluded.go_on, leave = leave + excluded.leave;
END;
CREATE TRIGGER story_finished AFTER UPDATE OF finished_at ON places
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL BEGIN
    INSERT INTO finish_counts (story_id, readers, go_on, leave)
        SELECT f.story_id, 1, f.go_on, f.leave FROM finishers f
        WHERE f.user_id = NEW.user_id AND f.story_id = NEW.story_id
        ON CONFLICT DO UPDATE SET readers = readers + 1, go_on = go_on + excluded.go_on, leave = leave + excluded.leave;
END;
CREATE TRIGGER place_lost BEFORE DELETE ON places WHEN OLD.finished_at IS NOT NULL BEGIN
    UPDATE finish_counts SET readers = readers - 1, go_on = finish_counts.go_on - f.go_on,
        leave = finish_counts.leave - f.leave
        FROM finishers f WHERE f.user_id = OLD.user_id AND f.story_id = OLD.story_id
        AND finish_counts.story_id = OLD.story_id;
END;

-- What lists are sorted by, on the story's own row: nothing while the counts are hidden.
CREATE VIEW sorted_by_votes AS
    SELECT s.id AS story_id, iif(coalesce(r.hidden, 0) AND r.closed_at IS NULL, 0, coalesce(c.go_on, 0)) AS go_on
    FROM stories s LEFT JOIN vote_counts c ON c.story_id = s.id AND c.guild_id = 0
    LEFT JOIN vote_rules r ON r.story_id = s.id;
CREATE TRIGGER votes_begin AFTER INSERT ON vote_counts WHEN NEW.guild_id = 0 BEGIN
    UPDATE stories SET go_on = (SELECT go_on FROM sorted_by_votes WHERE story_id = NEW.story_id) WHERE id = NEW.story_id;
END;
CREATE TRIGGER votes_change AFTER UPDATE ON vote_counts WHEN NEW.guild_id = 0 AND NEW.go_on <> OLD.go_on BEGIN
    UPDATE stories SET go_on = (SELECT go_on FROM sorted_by_votes WHERE story_id = NEW.story_id) WHERE id = NEW.story_id;
END;
CREATE TRIGGER rules_begin AFTER INSERT ON vote_rules BEGIN
    UPDATE stories SET go_on = (SELECT go_on FROM sorted_by_votes WHERE story_id = NEW.story_id) WHERE id = NEW.story_id;
END;
CREATE TRIGGER rules_change AFTER UPDATE ON vote_rules BEGIN
    UPDATE stories SET go_on = (SELECT go_on FROM sorted_by_votes WHERE story_id = NEW.story_id) WHERE id = NEW.story_id;
END;

-- What the author, or who keeps the shelf, answers to the votes.
CREATE TABLE decisions (
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    choice TEXT CHECK (choice IN ('continue', 'leave')),  -- NULL: the vote was opened again
    line TEXT NOT NULL,
    user_id INTEGER NOT NULL,        -- the author, while they are among the story's writers
    decided_at INTEGER NOT NULL,
    announced_choice TEXT,           -- the answer that readers were last told, until its chapter came
    chapter_id INTEGER               -- the first chapter that came after it; NULL: none yet
);
CREATE INDEX decisions_by_reader ON decisions (user_id);
