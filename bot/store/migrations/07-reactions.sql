-- What moved readers.

-- A reader counts once for an emoji while at least one such row stands: see `given` in 14-scores.sql.
CREATE TABLE reactions (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,             -- the emoji itself; of a custom one the id
    user_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,     -- 0: given by a button
    chapter_id INTEGER NOT NULL,     -- where the page begins that it was given to; 0: it is to the story as a whole
    start INTEGER NOT NULL,
    passage TEXT NOT NULL,           -- the words found there, so that it is found again when the text has changed
    given_at INTEGER NOT NULL,
    guild_id INTEGER NOT NULL DEFAULT 0,  -- where; 0: in a direct message
    quote_id INTEGER REFERENCES quotes (id) ON DELETE SET NULL,  -- what the message quoted then
    UNIQUE (story_id, emoji, user_id, message_id, chapter_id, start)
);
CREATE INDEX reactions_by_message ON reactions (message_id, emoji, user_id) WHERE message_id <> 0;
CREATE INDEX reactions_by_reader ON reactions (user_id);
CREATE INDEX reactions_by_quote ON reactions (quote_id, emoji, user_id) WHERE quote_id IS NOT NULL;
CREATE INDEX reactions_by_passage ON reactions (story_id, chapter_id, start, user_id) WHERE chapter_id <> 0;
-- A custom emoji counts by its id; what it is called is only for showing it.
CREATE TABLE custom_emoji (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    animated INTEGER NOT NULL,
    usable INTEGER NOT NULL          -- 1: the bot is in its server, so that it shows
);

CREATE TABLE posts (
    message_id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL,
    guild_id INTEGER,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    quote_id INTEGER REFERENCES quotes (id) ON DELETE SET NULL,  -- what it quotes
    chapter_id INTEGER NOT NULL,     -- where the page begins that it shows; 0: it shows none
    start INTEGER NOT NULL,
    posted_at INTEGER NOT NULL
);
-- A quote that an edit takes out is looked for here.
CREATE INDEX posts_by_quote ON posts (quote_id) WHERE quote_id IS NOT NULL;
