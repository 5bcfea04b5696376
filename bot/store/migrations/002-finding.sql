-- What stories are found by, and what readers mute.

CREATE TABLE facets (                -- what a story is found by: bot/stories/facets.py
    kind TEXT NOT NULL,
    key TEXT NOT NULL,               -- the name, folded
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, key, story_id)
) WITHOUT ROWID;
CREATE INDEX facets_by_story ON facets (story_id, key, kind);

CREATE TABLE facet_names (           -- facets as they are offered to readers, the most used first
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX facet_names_by_use ON facet_names (kind, uses DESC, key);

CREATE TABLE mutes (                 -- what a reader does not want to see in lists
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('tag', 'author')),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (user_id, kind, key)
);

CREATE TABLE saved_queries (         -- filters and searches, so that the buttons under an answer can name them by an id
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stories', 'passages', 'quotes')),
    text TEXT NOT NULL,              -- JSON: bot/domain/stories.py, bot/store/search.py, bot/domain/quotes.py
    used_at INTEGER NOT NULL,
    UNIQUE (user_id, kind, text)
);
CREATE INDEX saved_queries_by_age ON saved_queries (used_at);
