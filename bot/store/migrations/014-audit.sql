-- What a server's managers see: who did what. And when the bot left a server.

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

-- Servers that the bot is in no more; their data goes after 30 days (bot/store/departures.py).
CREATE TABLE departures (
    guild_id INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
);
CREATE INDEX departures_by_time ON departures (since);
