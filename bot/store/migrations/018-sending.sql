-- When a process last made, or is to make, a request that nobody waits for: at an even pace, over all processes.

CREATE TABLE sending_times (
    bucket INTEGER PRIMARY KEY,      -- a bucket of bot/interactions/background.py
    last_ms INTEGER NOT NULL         -- milliseconds since 1970
);
