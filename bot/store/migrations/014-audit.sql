-- What a server's managers see: who did what, and what waits for them.

-- Who did what to the stories and the settings of a server, kept for 90 days: bot/store/audit.py.
CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,       -- 0: the bot's own folder
    user_id INTEGER,                 -- NULL: a former member
    act TEXT NOT NULL,
    story_id INTEGER,                -- stays when the story is deleted; NULL: about no story
    title TEXT,                      -- of the story, as it was then
    detail TEXT NOT NULL,            -- names no member
    at INTEGER NOT NULL
);
CREATE INDEX audit_log_by_server ON audit_log (guild_id, id);
CREATE INDEX audit_log_by_time ON audit_log (at);
CREATE INDEX audit_log_by_user ON audit_log (user_id, guild_id, at);

-- Drafts that wait for a manager's word (bot/store/submissions.py). Such a draft is kept until then.
CREATE TABLE submissions (
    draft_id INTEGER PRIMARY KEY REFERENCES drafts (id) ON DELETE CASCADE,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,        -- who sent it
    sent_at INTEGER NOT NULL
);
CREATE INDEX submissions_by_server ON submissions (guild_id, draft_id);
CREATE INDEX submissions_by_user ON submissions (user_id);

-- Servers that the bot is in no more; their data goes after 30 days (bot/store/departures.py).
CREATE TABLE departures (
    guild_id INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
);
CREATE INDEX departures_by_time ON departures (since);
