-- Quotes, and what was dealt of them.

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,         -- within the story; never given twice
    chapter_id INTEGER NOT NULL REFERENCES chapters (id),
    start INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (story_id, number)
);

CREATE TABLE draws (
    scope TEXT NOT NULL,             -- 'guild:…' or 'user:…'
    story_id INTEGER NOT NULL,       -- 0: all stories
    deck TEXT NOT NULL,              -- JSON: see bot/store/deck.py
    PRIMARY KEY (scope, story_id)
);
