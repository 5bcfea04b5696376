-- What a server's managers see: who did what, and what the bot notifies them and those whom they answer of.

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

-- The outbox: what nobody has begun to post in a managers' channel or to send to a member (bot/store/notices.py).
CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,              -- a NoticeKind of bot/domain/notices.py
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,        -- the member to notify; 0: a channel of the server
    subject INTEGER NOT NULL,        -- the id of the review, the submission or the story
    title TEXT NOT NULL,             -- of the story, where it may be gone by then
    reason TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL
);
CREATE INDEX notices_by_time ON notices (due_at);
CREATE INDEX notices_by_user ON notices (user_id);
CREATE INDEX notices_by_server ON notices (guild_id);

-- Servers that the bot is in no more; their data goes after 30 days (bot/store/departures.py).
CREATE TABLE departures (
    guild_id INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
);
CREATE INDEX departures_by_time ON departures (since);
