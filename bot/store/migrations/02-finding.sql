-- What stories are found by, and what a reader does not want to meet.

CREATE TABLE facets (                 -- what a story is found by: bot/stories/marks.py
    kind TEXT NOT NULL,
    key TEXT NOT NULL,               -- the name, folded
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    PRIMARY KEY (kind, key, story_id)
) WITHOUT ROWID;
CREATE INDEX marks_by_story ON facets (story_id, key, kind);

CREATE TABLE facet_names (                 -- of marks, as they are offered; `uses` says in which order, and nothing else
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX names_by_use ON facet_names (kind, uses DESC, key);
CREATE TRIGGER name_used AFTER INSERT ON facets BEGIN
    UPDATE facet_names SET uses = uses + 1 WHERE kind = NEW.kind AND key = NEW.key;
END;
CREATE TRIGGER name_left AFTER DELETE ON facets BEGIN
    UPDATE facet_names SET uses = uses - 1 WHERE kind = OLD.kind AND key = OLD.key;
    DELETE FROM facet_names WHERE kind = OLD.kind AND key = OLD.key AND uses < 1;
END;

CREATE TABLE mutes (                 -- what a reader does not want to meet in lists
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('tag', 'author')),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (user_id, kind, key)
);

CREATE TABLE saved_queries (                 -- what somebody asked for, so that the buttons under the answer know
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stories', 'passages', 'quotes')),
    text TEXT NOT NULL,              -- JSON: bot/finding.py, bot/store/search.py, bot/quoting.py
    used_at INTEGER NOT NULL,
    UNIQUE (user_id, kind, text)
);
CREATE INDEX asked_by_age ON saved_queries (used_at);
