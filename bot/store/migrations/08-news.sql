-- What readers follow, and what they are to be told.

CREATE TABLE followed_authors (               -- those whom somebody follows or followed
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,        -- the name, folded
    name TEXT NOT NULL
);

-- What readers follow: a story, or all by an author; a row for each server where they said so (0: nowhere).
CREATE TABLE follows (
    user_id INTEGER NOT NULL,
    story_id INTEGER REFERENCES stories (id) ON DELETE CASCADE,
    author_id INTEGER REFERENCES followed_authors (id),
    guild_id INTEGER NOT NULL,
    followed_at INTEGER NOT NULL,
    CHECK ((story_id IS NULL) <> (author_id IS NULL)),
    UNIQUE (user_id, story_id, guild_id),
    UNIQUE (user_id, author_id, guild_id)
);
CREATE INDEX follows_by_story ON follows (story_id, guild_id, user_id);
CREATE INDEX follows_by_author ON follows (author_id, guild_id, user_id);

-- News that nobody has begun to tell: see bot/store/notices.py.
CREATE TABLE news_outbox (
    user_id INTEGER NOT NULL,        -- the reader who is to be told; 0: a server is
    guild_id INTEGER NOT NULL,       -- the server that is to be told; 0: a reader is
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,              -- a Kind of bot/news.py
    chapter_id INTEGER NOT NULL,     -- 0: it is about the story as a whole
    tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, guild_id, story_id, kind, chapter_id)
) WITHOUT ROWID;
CREATE INDEX notices_by_time ON news_outbox (due_at);
