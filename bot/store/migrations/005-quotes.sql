-- Quotes: those that the bot picks, those that readers choose and save, and the decks that they are dealt from.

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    number INTEGER,                  -- within the story, never used twice; NULL: not dealt, only saved by readers
    chapter_id INTEGER NOT NULL REFERENCES chapters (id),
    start INTEGER NOT NULL,          -- code points of the chapter's prose
    text TEXT NOT NULL,
    scope TEXT NOT NULL,             -- who may find it: bot/store/passages.py
    is_there INTEGER NOT NULL DEFAULT 1,  -- 0: an edit took its words out; it stays for those who saved it
    saves INTEGER NOT NULL DEFAULT 0,     -- how many rows of saved_quotes: bot/store/me.py
    loved INTEGER NOT NULL DEFAULT 0,     -- how many readers and emoji: bot/store/reactions.py
    verdict INTEGER NOT NULL DEFAULT 0,   -- 1: readers keep it, so it is dealt; -1: its author or a mod took it out for good
    UNIQUE (story_id, number)
);
CREATE INDEX quotes_by_place ON quotes (chapter_id, start);

CREATE TABLE saved_quotes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    quote_id INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE,
    guild_id INTEGER NOT NULL,       -- where they saved it; 0: in a direct message
    saved_at INTEGER NOT NULL,
    UNIQUE (user_id, quote_id)
);
CREATE INDEX saved_quotes_by_reader ON saved_quotes (user_id, id DESC);
CREATE INDEX saved_quotes_by_quote ON saved_quotes (quote_id);

CREATE TABLE quote_decks (
    scope TEXT NOT NULL,             -- 'guild:…' or 'user:…', and the filter where there is one
    story_id INTEGER NOT NULL,       -- 0: all stories
    deck TEXT NOT NULL,              -- JSON: see bot/store/quotes.py
    PRIMARY KEY (scope, story_id)
);
