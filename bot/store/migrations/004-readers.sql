-- Readers and servers: their settings, and readers' places, lists and bookmarks.

-- What a reader or a server has chosen; a setting that is at its default has no row (bot/domain/settings.py).
CREATE TABLE settings (
    user_id INTEGER NOT NULL,        -- 0: a server's
    guild_id INTEGER NOT NULL,       -- 0: a reader's
    name TEXT NOT NULL,
    value TEXT NOT NULL,             -- as its kind writes it
    PRIMARY KEY (user_id, guild_id, name)
) WITHOUT ROWID;
CREATE INDEX settings_by_server ON settings (guild_id);

-- No index has a column of these two that a turn of a page changes: PostgreSQL would write all of a row's indexes anew
-- with each turn. A reader's rows stand together, and are sorted when they are read.
CREATE TABLE places (
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    chapter_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    passage TEXT NOT NULL,
    asleep TEXT,                     -- JSON: what it named in texts that are gone (bot/store/reanchoring.py)
    furthest_chapter_id INTEGER NOT NULL,
    furthest_start INTEGER NOT NULL,
    furthest_passage TEXT NOT NULL,
    furthest_asleep TEXT,
    finished_at INTEGER,
    finished_in INTEGER NOT NULL DEFAULT 0,  -- the server where they finished it; 0: a direct message
    moved_at INTEGER NOT NULL,       -- nanoseconds, more at each turn (`Database.moment`)
    PRIMARY KEY (user_id, story_id),
    FOREIGN KEY (story_id, chapter_id) REFERENCES chapters (story_id, id),
    FOREIGN KEY (story_id, furthest_chapter_id) REFERENCES chapters (story_id, id)
) WITHOUT ROWID;
CREATE INDEX places_by_story ON places (story_id);

-- A reader's lists. Every turn of a page sets changed_at (nanoseconds).
CREATE TABLE reading_lists (
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    list TEXT NOT NULL CHECK (list IN ('reading', 'later', 'finished', 'paused', 'dropped')),
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, story_id)
) WITHOUT ROWID;
CREATE INDEX reading_lists_by_story ON reading_lists (story_id);

CREATE TABLE bookmarks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    chapter_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    passage TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (user_id, chapter_id, start),
    FOREIGN KEY (story_id, chapter_id) REFERENCES chapters (story_id, id)
);
CREATE INDEX bookmarks_by_reader ON bookmarks (user_id, id DESC);
CREATE INDEX bookmarks_by_story ON bookmarks (story_id);

-- Messages whose pages one reader turns for all.
CREATE TABLE shared_readings (
    message_id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,        -- who turns the pages
    begun_at INTEGER NOT NULL
);
CREATE INDEX shared_readings_by_reader ON shared_readings (user_id);
CREATE INDEX shared_readings_by_story ON shared_readings (story_id);
