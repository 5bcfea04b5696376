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
