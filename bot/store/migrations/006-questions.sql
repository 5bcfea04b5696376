-- The question under each story, its answers, and the messages that show it: see bot/store/questions.py.

CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    text TEXT,                       -- NULL: the default, whether the story should continue; each story has one
    user_id INTEGER NOT NULL DEFAULT 0,   -- who asked; 0: nobody, or they had their data deleted
    guild_id INTEGER NOT NULL DEFAULT 0,  -- where it was asked; 0: in a direct message
    post_in INTEGER NOT NULL DEFAULT 0,   -- the channel there that its asker picked; 0: none
    asked_at INTEGER NOT NULL,
    waits INTEGER NOT NULL DEFAULT 0,     -- 1: for the mods of its shelf
    removed INTEGER NOT NULL DEFAULT 0,   -- 1: its words and answers are gone; the row counts among those of its day
    closes_at INTEGER,               -- NULL: with the next chapter, or by hand
    closed_at INTEGER,               -- NULL: it is open
    chapters INTEGER NOT NULL DEFAULT 0,  -- how many the story had when an own question was asked: more close it
    chapter_id INTEGER,              -- the first chapter that came of it, or after it; NULL: none yet
    quorum INTEGER NOT NULL DEFAULT 0,
    threshold TEXT NOT NULL DEFAULT 'half',  -- a Threshold of bot/domain/questions.py
    hidden INTEGER NOT NULL DEFAULT 0,       -- 1: the counts show only once it is closed
    choice TEXT CHECK (choice IN ('continue', 'leave')),  -- of the reply to the default; NULL: none yet
    line TEXT NOT NULL DEFAULT '',   -- what the reply says; with choice NULL and '': there is none
    replied_by INTEGER,              -- who replied; the author, while they are in story_authors
    announced_choice TEXT            -- the reply that readers were last notified of, until its chapter came
);
CREATE UNIQUE INDEX default_questions ON questions (story_id) WHERE text IS NULL;
CREATE UNIQUE INDEX open_questions ON questions (story_id) WHERE text IS NOT NULL AND closed_at IS NULL;
CREATE INDEX questions_by_story ON questions (story_id, closed_at);
CREATE INDEX questions_by_reader ON questions (user_id) WHERE user_id <> 0;
CREATE INDEX questions_by_reply ON questions (replied_by) WHERE replied_by IS NOT NULL;
CREATE INDEX questions_by_chapter ON questions (chapter_id) WHERE chapter_id IS NOT NULL;
CREATE INDEX questions_by_end ON questions (closes_at) WHERE closes_at IS NOT NULL AND closed_at IS NULL;

CREATE TABLE answers (               -- of own questions: those to the default are in the language of who reads it
    question_id INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,         -- from 1, as they were asked
    text TEXT NOT NULL,
    PRIMARY KEY (question_id, number)
) WITHOUT ROWID;

CREATE TABLE ballots (               -- what a reader answered: 1 (continue) or 2 (leave) to the default
    question_id INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    guild_id INTEGER NOT NULL DEFAULT 0,  -- where they last did; 0: in a direct message
    cast_at INTEGER NOT NULL,
    PRIMARY KEY (question_id, user_id)
);
CREATE INDEX ballots_by_reader ON ballots (user_id);

-- Counts of the rows of ballots and places, so that a question to a million readers costs what one to ten does.
-- bot/store/ballots.py writes them in the transaction that changes those rows.
CREATE TABLE answer_counts (
    question_id INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    guild_id INTEGER NOT NULL,       -- where they were given; 0: all
    number INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (question_id, guild_id, number)
) WITHOUT ROWID;
CREATE TABLE finish_counts (         -- readers who finished a story: a place with a finished_at
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    readers INTEGER NOT NULL,
    go_on INTEGER NOT NULL,          -- how many of them want more
    leave INTEGER NOT NULL,
    day INTEGER NOT NULL,            -- UTC, when one of them last changed
    told_readers INTEGER NOT NULL DEFAULT 0,  -- what is told of each: bot/domain/anonymity.py
    told_go_on INTEGER NOT NULL DEFAULT 0,
    told_leave INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE question_posts (        -- messages that show a question, in channels where it was posted
    message_id INTEGER PRIMARY KEY,
    question_id INTEGER NOT NULL,    -- it may be gone: then the message is still to say so
    channel_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    due_at INTEGER,                  -- when it is to be drawn again; NULL: it shows what is so
    tries INTEGER NOT NULL DEFAULT 0, -- how often that has begun; 0: nobody has the lease
    again_at INTEGER                 -- when it is due once more: something has changed since the lease was taken
);
CREATE INDEX question_posts_by_question ON question_posts (question_id);
CREATE INDEX question_posts_by_due ON question_posts (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX question_posts_by_guild ON question_posts (guild_id);
