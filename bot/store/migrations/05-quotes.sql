-- Quotes: those that are dealt, those that readers choose and keep, and what was dealt.

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    number INTEGER,                  -- within the story, never given twice; NULL: not dealt, only kept by readers
    chapter_id INTEGER NOT NULL REFERENCES chapters (id),
    start INTEGER NOT NULL,          -- code points of the chapter's prose
    text TEXT NOT NULL,
    worth INTEGER NOT NULL,          -- how well it stands by itself, from 0 to 100; 0: a reader chose it
    scope TEXT NOT NULL,             -- see bot/store/passages.py
    is_there INTEGER NOT NULL DEFAULT 1,  -- 0: an edit took its words out; kept for those who saved it
    saves INTEGER NOT NULL DEFAULT 0,     -- these two are counted by triggers
    loved INTEGER NOT NULL DEFAULT 0,
    UNIQUE (story_id, number)
);
CREATE INDEX quotes_by_place ON quotes (chapter_id, start);

-- The quotes that are in decks, by their words.
CREATE VIRTUAL TABLE quote_search USING fts5 (
    text, scope, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE TABLE saved_quotes (                 -- the quotes that readers keep
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    quote_id INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE,
    guild_id INTEGER NOT NULL,       -- where; 0: in a direct message
    saved_at INTEGER NOT NULL,
    UNIQUE (user_id, quote_id)
);
CREATE INDEX saved_by_reader ON saved_quotes (user_id, id DESC);
CREATE INDEX saved_by_quote ON saved_quotes (quote_id);
CREATE TRIGGER quote_saved AFTER INSERT ON saved_quotes BEGIN
    UPDATE quotes SET saves = saves + 1 WHERE id = NEW.quote_id;
END;
CREATE TRIGGER quote_dropped AFTER DELETE ON saved_quotes BEGIN
    UPDATE quotes SET saves = saves - 1 WHERE id = OLD.quote_id;
END;

CREATE TABLE quote_decks (
    scope TEXT NOT NULL,             -- 'guild:…' or 'user:…', and which quotes, where not all
    story_id INTEGER NOT NULL,       -- 0: all stories
    deck TEXT NOT NULL,              -- JSON: see bot/store/deck.py
    PRIMARY KEY (scope, story_id)
);
