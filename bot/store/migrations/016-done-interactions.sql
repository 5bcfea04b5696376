-- Interactions that changed something, so that one that comes twice takes effect once: bot/store/once.py.

CREATE TABLE done_interactions (      -- they go by their id, which holds the time of their making
    interaction_id INTEGER NOT NULL,
    change INTEGER NOT NULL,          -- 1 for its first change, 2 for its second
    PRIMARY KEY (interaction_id, change)
) WITHOUT ROWID;
