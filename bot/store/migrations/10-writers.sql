-- Who wrote a story: those readers may do what its author may.

CREATE TABLE story_authors (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (story_id, user_id)
) WITHOUT ROWID;
CREATE INDEX writers_by_reader ON story_authors (user_id, story_id);

-- Who says that they wrote it, until those who may link a writer have answered.
CREATE TABLE claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    shelf TEXT NOT NULL,             -- the story's: those who answer for that answer
    user_id INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (story_id, user_id)
);
CREATE INDEX claims_by_reader ON claims (user_id);
CREATE INDEX claims_by_shelf ON claims (shelf, id);
CREATE INDEX claims_by_time ON claims (made_at);
