-- Who did what to the stories and the settings of a server, kept for 90 days: bot/store/audit.py.

CREATE TABLE audit_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,       -- 0: the bot's own folder
    user_id INTEGER,                 -- NULL: a former member
    act TEXT NOT NULL,
    story_id INTEGER,                -- stays when the story is deleted; NULL: about no story
    title TEXT,                      -- of the story, as it was then
    detail TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX audit_log_by_server ON audit_log (guild_id, id);
CREATE INDEX audit_log_by_time ON audit_log (at);
CREATE INDEX audit_log_by_user ON audit_log (user_id);
