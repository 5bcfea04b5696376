-- What is posted on a schedule: see bot/store/schedules.py. Times are in seconds since 1970, dates are local.

CREATE TABLE schedules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('daily', 'serial')),
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,        -- who set it up; 0: they had their data deleted
    days TEXT NOT NULL,              -- '0123456' is every day; Monday is 0
    time TEXT NOT NULL,              -- '18:00'
    state TEXT NOT NULL,             -- a State of bot/domain/schedules.py
    last_day TEXT NOT NULL,          -- no run of this date or an earlier one is begun any more
    next_at INTEGER NOT NULL,        -- when the run after that is due
    run INTEGER NOT NULL DEFAULT 0,  -- the number of the last run that was begun, and when it was due
    run_at INTEGER NOT NULL DEFAULT 0,
    begun_at INTEGER,                -- when it was begun, until it is known to be over
    tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,                  -- when to begin the next run, or to look at the one under way; NULL: it rests
    posted_id INTEGER                -- its last message
);
CREATE INDEX schedules_by_time ON schedules (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX schedules_by_guild ON schedules (guild_id, kind);
CREATE UNIQUE INDEX one_daily ON schedules (guild_id) WHERE kind = 'daily';

CREATE TABLE daily_quotes (
    plan_id INTEGER PRIMARY KEY REFERENCES schedules (id) ON DELETE CASCADE,
    story_id INTEGER REFERENCES stories (id) ON DELETE CASCADE,  -- NULL: any
    style TEXT NOT NULL CHECK (style IN ('text', 'card'))
);

CREATE TABLE serials (
    plan_id INTEGER PRIMARY KEY REFERENCES schedules (id) ON DELETE CASCADE,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    size TEXT NOT NULL CHECK (size IN ('page', 'scene', 'chapter')),
    in_thread INTEGER NOT NULL,
    thread_id INTEGER,
    role_id INTEGER,
    chapter_id INTEGER NOT NULL,
    start INTEGER NOT NULL,          -- where the next instalment begins; once the story has ended, where that is
    passage TEXT NOT NULL,           -- the words found there; once it has ended, its last words
    has_ended INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (story_id, chapter_id) REFERENCES chapters (story_id, id)
);
CREATE INDEX serials_by_story ON serials (story_id);
