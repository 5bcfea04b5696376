-- What the bot knows of itself.

CREATE TABLE bot_state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
