-- The readers who wrote a story, and who claim that they did.

CREATE TABLE story_authors (         -- these readers may do what a story's author may
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (story_id, user_id)
) WITHOUT ROWID;
CREATE INDEX story_authors_by_reader ON story_authors (user_id, story_id);

-- Readers who say that they wrote a story, until those who keep its shelf have answered.
CREATE TABLE claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    shelf TEXT NOT NULL,             -- the story's shelf: those who keep it answer
    user_id INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (story_id, user_id)
);
CREATE INDEX claims_by_reader ON claims (user_id);
CREATE INDEX claims_by_shelf ON claims (shelf, id);
CREATE INDEX claims_by_time ON claims (made_at);
