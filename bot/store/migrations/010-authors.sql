-- The readers who wrote a story, who claim that they did, and who were asked whether they did.

-- These readers may do what a story's author may. They agreed to it; while a row stands, what they said of the story
-- as its readers is kept and not counted.
CREATE TABLE story_authors (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (story_id, user_id)
) WITHOUT ROWID;
CREATE INDEX story_authors_by_reader ON story_authors (user_id, story_id);

-- Readers who say that they wrote a story, until the managers of its shelf have answered.
CREATE TABLE claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    shelf TEXT NOT NULL,             -- the story's shelf: its managers answer
    user_id INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    refused_at INTEGER,              -- NULL: it waits; a refused one stays so that it is not made again at once
    UNIQUE (story_id, user_id)
);
CREATE INDEX claims_by_reader ON claims (user_id);
CREATE INDEX claims_by_shelf ON claims (shelf, id);
CREATE INDEX claims_by_time ON claims (made_at);

-- Readers whom the managers of a story's shelf named as its author, once each: they accept or decline.
CREATE TABLE link_offers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    was_claimed INTEGER NOT NULL,    -- 1: it answers a claim of theirs
    offered_at INTEGER NOT NULL,
    declined_at INTEGER,             -- NULL: it waits, or has lapsed; it stays so that they are not asked again
    UNIQUE (story_id, user_id)
);
CREATE INDEX link_offers_by_reader ON link_offers (user_id, id);
CREATE INDEX link_offers_by_time ON link_offers (offered_at);

-- The outbox: what nobody has begun to tell claimants, those who were asked, and managers (bot/store/link_news.py).
CREATE TABLE link_outbox (
    user_id INTEGER NOT NULL,        -- whom it is about
    guild_id INTEGER NOT NULL,       -- the server whose managers are told; 0: the reader is
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,              -- a LinkNewsKind of bot/domain/authors.py
    tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, guild_id, story_id, kind)
) WITHOUT ROWID;
CREATE INDEX link_outbox_by_time ON link_outbox (due_at);
