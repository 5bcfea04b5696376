-- Readers and servers: their settings, and readers' places, lists and bookmarks.

-- A reader's settings. A reader who changed none, and whom every direct message reached, has no row.
CREATE TABLE reader_settings (
    user_id INTEGER PRIMARY KEY,
    page_length INTEGER NOT NULL DEFAULT 0,
    private INTEGER,                 -- 1: pages open for them alone; NULL: as the server sets it
    adult INTEGER NOT NULL DEFAULT 0,  -- 1: they said that they are adult; it holds in direct messages with the bot
    veil INTEGER NOT NULL DEFAULT 1, -- 1: text beyond their furthest point is veiled
    notices TEXT NOT NULL DEFAULT 'direct' CHECK (notices IN ('direct', 'server', 'none')),
    reviews TEXT NOT NULL DEFAULT 'direct' CHECK (reviews IN ('direct', 'digest', 'none')),
    warnings TEXT NOT NULL DEFAULT '[]',  -- JSON: what they are asked about before a story that warns of it
    language TEXT,                   -- the ISO 639-1 code of the language they read; NULL: that of their Discord
    unreached_at INTEGER             -- when a direct message last failed to reach them; NULL: the last one did
);

-- A server's settings. A server that changed none has no row.
CREATE TABLE server_settings (
    guild_id INTEGER PRIMARY KEY,
    news_channel INTEGER,
    adders TEXT CHECK (adders IN ('managers', 'role', 'everyone')),  -- NULL: nobody has chosen yet
    adders_role INTEGER,
    approval INTEGER NOT NULL,       -- 1: what members submit waits for a manager
    stories_a_day INTEGER NOT NULL,  -- limits, as in bot/domain/settings.py
    member_megabytes INTEGER NOT NULL,
    server_megabytes INTEGER NOT NULL,
    moderators_role INTEGER,         -- who may hide reviews and answer reports
    reports_channel INTEGER,
    managers_channel INTEGER,
    links TEXT NOT NULL CHECK (links IN ('at-once', 'asked')),
    private INTEGER,                 -- 1: pages open for the one who asks alone; NULL: the bot's default
    reactions TEXT,                  -- JSON: the reactions on offer; NULL: the bot's default
    steps_hidden INTEGER NOT NULL    -- 1: managers put the first steps away
);

-- No index has a column of these two that a turn of a page changes: PostgreSQL would write all of a row's indexes anew
-- with each turn. A reader's rows stand together, and are sorted when they are read.
CREATE TABLE places (
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    chapter_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    passage TEXT NOT NULL,
    asleep TEXT,                     -- JSON: what it named in texts that are gone (bot/store/sleeping.py)
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
