-- What the bot knows of itself.

CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
