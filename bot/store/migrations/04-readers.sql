-- Readers and servers: what they have chosen, where readers are, what they keep.

-- What a reader has chosen; who has chosen nothing, and was always reached, has no row.
CREATE TABLE reader_settings (
    user_id INTEGER PRIMARY KEY,
    page_length INTEGER NOT NULL DEFAULT 1,
    private INTEGER,                 -- 1: pages open for them alone; NULL: as the server has it
    adult INTEGER NOT NULL DEFAULT 0,  -- 1: they said so, which holds in direct messages with the bot
    veil INTEGER NOT NULL DEFAULT 1, -- 1: what is beyond their furthest point is veiled
    notices TEXT NOT NULL DEFAULT 'direct' CHECK (notices IN ('direct', 'server', 'none')),
    reviews TEXT NOT NULL DEFAULT 'direct' CHECK (reviews IN ('direct', 'digest', 'none')),
    unreached_at INTEGER             -- when Discord last took no direct message to them; NULL: it does
);

-- What those who manage a server have chosen; where they have chosen nothing there is no row.
CREATE TABLE server_settings (
    guild_id INTEGER PRIMARY KEY,
    news_channel INTEGER,
    adders TEXT NOT NULL DEFAULT 'managers' CHECK (adders IN ('managers', 'role', 'everyone')),
    adders_role INTEGER,
    private INTEGER,                 -- 1: pages open for the one alone who asks; NULL: as the bot has it
    reactions TEXT                   -- JSON: the reactions on offer; NULL: the bot's own
);

CREATE TABLE places (
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    chapter_id INTEGER NOT NULL REFERENCES chapters (id),
    start INTEGER NOT NULL,
    passage TEXT NOT NULL,
    furthest_chapter_id INTEGER NOT NULL REFERENCES chapters (id),
    furthest_start INTEGER NOT NULL,
    furthest_passage TEXT NOT NULL,
    finished_at INTEGER,
    finished_in INTEGER NOT NULL DEFAULT 0,  -- the server where; 0: a direct message
    moved_at INTEGER NOT NULL,       -- nanoseconds, so that of two turns the latest is known
    PRIMARY KEY (user_id, story_id)
);
CREATE INDEX places_by_time ON places (user_id, moved_at DESC);
CREATE INDEX places_by_story ON places (story_id);

-- A reader's lists; changed_at in nanoseconds, moved by every turn.
CREATE TABLE reading_lists (
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    list TEXT NOT NULL CHECK (list IN ('reading', 'later', 'finished', 'paused', 'dropped')),
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, story_id)
);
CREATE INDEX lists_by_time ON reading_lists (user_id, list, changed_at DESC);

CREATE TABLE bookmarks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    chapter_id INTEGER NOT NULL REFERENCES chapters (id),
    start INTEGER NOT NULL,
    passage TEXT NOT NULL,
    note TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (user_id, chapter_id, start)
);
CREATE INDEX bookmarks_by_reader ON bookmarks (user_id, id DESC);
CREATE INDEX bookmarks_by_story ON bookmarks (story_id);

-- Pages that one reader turns for all.
CREATE TABLE shared_readings (
    message_id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,        -- who turns the pages
    begun_at INTEGER NOT NULL
);
CREATE INDEX sessions_by_reader ON shared_readings (user_id);
