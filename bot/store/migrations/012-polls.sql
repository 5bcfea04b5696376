-- Polls on what comes next in a story: see bot/store/polls.py.

CREATE TABLE polls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,        -- who opened it; 0: they had their data deleted
    guild_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    message_id INTEGER,              -- NULL: not posted yet
    question TEXT NOT NULL,
    several INTEGER NOT NULL,        -- 1: as many choices as a reader likes; 0: one
    anonymous INTEGER NOT NULL,      -- 1: nobody is shown who chose what
    opened_at INTEGER NOT NULL,
    closes_at INTEGER,               -- NULL: open until somebody closes it
    closed_at INTEGER,               -- NULL: it is open
    due_at INTEGER,                  -- when the bot has to close it; NULL: it has, or need not
    tries INTEGER NOT NULL DEFAULT 0 -- how often it has begun to close it
);
CREATE INDEX polls_by_due ON polls (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX polls_by_guild ON polls (guild_id, id);
CREATE INDEX polls_by_story ON polls (story_id);
CREATE INDEX polls_by_reader ON polls (user_id);

CREATE TABLE poll_choices (
    poll_id INTEGER NOT NULL REFERENCES polls (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,         -- from 1, as they were asked
    text TEXT NOT NULL,
    PRIMARY KEY (poll_id, number)
) WITHOUT ROWID;

-- A reader's choices. The slot is 0 where they have one choice, and the choice's number where they may have several.
CREATE TABLE ballots (
    poll_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    choice INTEGER NOT NULL,
    cast_at INTEGER NOT NULL,
    PRIMARY KEY (poll_id, user_id, slot),
    FOREIGN KEY (poll_id, choice) REFERENCES poll_choices (poll_id, number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX ballots_by_choice ON ballots (poll_id, choice, user_id);
CREATE INDEX ballots_by_reader ON ballots (user_id);
