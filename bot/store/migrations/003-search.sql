-- The full text of all prose and all titles.

-- The prose once more, in pieces that do not depend on the readers' page lengths.
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    chapter_id INTEGER NOT NULL,
    start INTEGER NOT NULL,          -- code points of the chapter's prose
    words_before INTEGER NOT NULL,   -- of the story
    text TEXT NOT NULL,
    scope TEXT NOT NULL,             -- who may find it: bot/store/passages.py
    FOREIGN KEY (story_id, chapter_id) REFERENCES chapters (story_id, id)
);
CREATE INDEX passages_by_story ON passages (story_id);
