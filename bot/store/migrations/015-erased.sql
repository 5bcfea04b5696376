-- What stays of readers whose data was deleted, where it protects others: no ids, only hashes (bot/store/erased.py).

CREATE TABLE erased (
    purpose TEXT NOT NULL,           -- a Purpose of bot/store/erased.py
    digest TEXT NOT NULL,            -- keyed, of the reader and what it is about; the key is in bot_state
    at INTEGER NOT NULL,             -- when the reader's data was deleted; of a review: when they left it
    until INTEGER NOT NULL,          -- when the row goes
    PRIMARY KEY (purpose, digest, at)
) WITHOUT ROWID;
CREATE INDEX erased_by_time ON erased (until);
