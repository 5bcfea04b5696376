-- What readers follow.

-- Whoever was ever linked to a story (author_links), by a number that tells nobody who they are.
CREATE TABLE authors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL UNIQUE
);

-- What readers follow: a story, or all by an author; a row for each server where they asked for it (0: none).
CREATE TABLE follows (
    user_id INTEGER NOT NULL,
    story_id INTEGER REFERENCES stories (id) ON DELETE CASCADE,
    author_id INTEGER REFERENCES authors (id) ON DELETE CASCADE,
    guild_id INTEGER NOT NULL,
    followed_at INTEGER NOT NULL,
    CHECK ((story_id IS NULL) <> (author_id IS NULL)),
    UNIQUE (user_id, story_id, guild_id),
    UNIQUE (user_id, author_id, guild_id)
);
CREATE INDEX follows_by_story ON follows (story_id, guild_id, user_id);
CREATE INDEX follows_by_author ON follows (author_id, guild_id, user_id);
