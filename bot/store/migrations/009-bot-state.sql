-- What the bot remembers about itself.

CREATE TABLE bot_state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
