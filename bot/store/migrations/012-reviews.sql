-- Readers' reviews of stories, the reports of reviews, and the reviews that authors are still to be notified of.

-- One for each reader and story or chapter. It shows in the server where it was left, and to the story's authors.
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    chapter_id INTEGER NOT NULL,     -- 0: it is about the story as a whole
    guild_id INTEGER NOT NULL,       -- where it was left; 0: in a direct message
    name TEXT NOT NULL,              -- what its reader was called when they left or last changed it
    text TEXT NOT NULL,
    -- A State of bot/domain/reviews.py; 'gone': its reader took it back after it was hidden or reported; without its text
    state TEXT NOT NULL CHECK (state IN ('shown', 'held', 'hidden', 'gone')),
    waits INTEGER NOT NULL,          -- 1: held or reported, and nobody who manages the server has looked at it yet
    left_at INTEGER NOT NULL,
    edited_at INTEGER,
    announced_at INTEGER,            -- when it first became news to the writers; NULL: not yet
    UNIQUE (user_id, story_id, chapter_id)
);
-- In the order of a list, with the columns that say who sees them, so that they are counted without their texts.
CREATE INDEX reviews_by_server ON reviews (story_id, guild_id, id, state, user_id);
CREATE INDEX reviews_by_story ON reviews (story_id, id, state, user_id);
CREATE INDEX reviews_waiting ON reviews (guild_id, id) WHERE waits = 1;

CREATE TABLE review_times (          -- when readers left one, for an hour: so that a flood is seen whatever was deleted
    user_id INTEGER NOT NULL,
    left_at INTEGER NOT NULL
);
CREATE INDEX review_times_by_reader ON review_times (user_id, left_at);
CREATE INDEX review_times_by_time ON review_times (left_at);

CREATE TABLE review_reports (
    review_id INTEGER NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,        -- who reported it
    reason TEXT NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (review_id, user_id)
);
CREATE INDEX review_reports_by_reader ON review_reports (user_id);
