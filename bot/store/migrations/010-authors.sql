-- The readers who wrote a story, and those who claim that they did.

-- These readers may do what a story's author may. While a row stands, what they said of the story
-- as its readers is kept and not counted.
CREATE TABLE story_authors (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (story_id, user_id)
) WITHOUT ROWID;
CREATE INDEX story_authors_by_reader ON story_authors (user_id, story_id);

-- Readers who say that they wrote a story, until somebody has answered who may.
CREATE TABLE claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    shelf TEXT NOT NULL,             -- the story's shelf
    user_id INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    refused_at INTEGER,              -- NULL: it waits; a refused one stays so that it is not made again at once
    UNIQUE (story_id, user_id)
);
CREATE INDEX claims_by_reader ON claims (user_id);
CREATE INDEX claims_by_shelf ON claims (shelf, id);
CREATE INDEX claims_by_time ON claims (made_at);
