-- Whether a story should go on: the votes, their counts, the rules of a vote, and the author's answer.

CREATE TABLE votes (
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    choice TEXT NOT NULL CHECK (choice IN ('continue', 'leave')),
    guild_id INTEGER,                -- where it was last cast; NULL: in a direct message
    cast_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, story_id)
);
CREATE INDEX votes_by_story ON votes (story_id, choice, guild_id);

CREATE TABLE vote_rules (            -- a story without a row: no quorum, more than half, nothing hidden, open
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    quorum INTEGER NOT NULL DEFAULT 0,
    threshold TEXT NOT NULL DEFAULT 'half',  -- a Threshold of bot/domain/votes.py
    hidden INTEGER NOT NULL DEFAULT 0,       -- 1: the counts show only once it is closed
    closed_at INTEGER                        -- NULL: readers may vote
);

-- Counts of the rows of votes and places, so that a vote of a million readers costs what one of ten does.
-- bot/store/votes.py writes them in the transaction that changes those rows.
CREATE TABLE vote_counts (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    guild_id INTEGER NOT NULL,       -- where they were cast; 0: all of the story's
    go_on INTEGER NOT NULL,
    leave INTEGER NOT NULL,
    PRIMARY KEY (story_id, guild_id)
) WITHOUT ROWID;
CREATE TABLE finish_counts (         -- readers who finished a story: a place with a finished_at
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    readers INTEGER NOT NULL,
    go_on INTEGER NOT NULL,          -- how many of them voted to continue
    leave INTEGER NOT NULL,
    day INTEGER NOT NULL,            -- UTC, when one of them last changed
    told_readers INTEGER NOT NULL DEFAULT 0,  -- what is told of each: bot/domain/anonymity.py
    told_go_on INTEGER NOT NULL DEFAULT 0,
    told_leave INTEGER NOT NULL DEFAULT 0
);

-- The answer to a vote, by the author or by who keeps the shelf.
CREATE TABLE decisions (
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    choice TEXT CHECK (choice IN ('continue', 'leave')),  -- NULL: the vote was opened again
    line TEXT NOT NULL,
    user_id INTEGER NOT NULL,        -- who answered; the author, while they are in story_authors
    decided_at INTEGER NOT NULL,
    announced_choice TEXT,           -- the answer that readers were last notified of, until its chapter came
    chapter_id INTEGER               -- the first chapter that came after it; NULL: none yet
);
CREATE INDEX decisions_by_reader ON decisions (user_id);
