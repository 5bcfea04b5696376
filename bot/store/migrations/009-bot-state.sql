-- What the bot remembers about itself.

CREATE TABLE bot_state (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- Which stories may be shown. Every query that shows a story reads one of these views. The row 'refuses-adult' stands
-- where whoever runs the bot takes no stories for adults: then nobody sees those that are there.
CREATE VIEW visible_stories AS SELECT * FROM stories WHERE removed_at IS NULL AND mature = 0;
CREATE VIEW visible_to_adults AS SELECT * FROM stories WHERE removed_at IS NULL
    AND (mature = 0 OR NOT EXISTS (SELECT 1 FROM bot_state WHERE name = 'refuses-adult'));
