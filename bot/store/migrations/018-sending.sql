-- What the bot sends by itself.

-- Notices that nobody has begun to send (bot/store/outbox.py). The rows with one recipient, kind and subject are one message.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- in the order in which they were queued
    user_id INTEGER NOT NULL,        -- the member to notify; 0: a channel of the server
    guild_id INTEGER NOT NULL,       -- the server that is notified, or that it is about; 0: none
    kind TEXT NOT NULL,              -- a NoticeKind of bot/domain/notices.py
    subject INTEGER NOT NULL,        -- the id of what the message is about; its kind says of what
    item TEXT NOT NULL,              -- one thing that the message tells; '': there is one only
    title TEXT NOT NULL DEFAULT '',  -- of the story, for when it is gone by then
    reason TEXT NOT NULL DEFAULT '', -- why a submission was refused
    tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    UNIQUE (user_id, guild_id, kind, subject, item)
);
CREATE INDEX outbox_by_time ON outbox (due_at, id);
