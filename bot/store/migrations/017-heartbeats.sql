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

-- When a shard of each of Discord's buckets last began a session, or is to: five seconds apart, over all processes.

CREATE TABLE identify_times (
    bucket INTEGER PRIMARY KEY,
    last_ms INTEGER NOT NULL         -- milliseconds since 1970
);
