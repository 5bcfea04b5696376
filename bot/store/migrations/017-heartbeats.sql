-- How each process of the bot is, written every few seconds, for whoever watches it.

CREATE TABLE heartbeats (
    host TEXT NOT NULL,              -- the name of the machine
    process INTEGER NOT NULL,        -- its number there
    version TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    beat_at INTEGER NOT NULL,
    facts TEXT NOT NULL,             -- JSON object: shards, servers, queues, faults
    PRIMARY KEY (host, process)
);

-- The last time that was given to any process, by what it is for: sessions begin five seconds apart, and requests that
-- nobody waits for are made at an even pace.
CREATE TABLE given_times (
    purpose TEXT NOT NULL,           -- 'identify', or 'send'
    bucket INTEGER NOT NULL,         -- one of Discord's, or of bot/interactions/background.py
    last_ms INTEGER NOT NULL,        -- milliseconds since 1970
    PRIMARY KEY (purpose, bucket)
);
