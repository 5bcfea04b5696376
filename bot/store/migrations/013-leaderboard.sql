-- What readers love most, counted in the transaction that changes it (bot/store/leaderboard.py), so that a list of the
-- most loved is read along an index, however many readers there are. No count names a reader.

CREATE TABLE leaderboard (
    kind TEXT NOT NULL,              -- 'story' or 'quote'
    counted TEXT NOT NULL,           -- 'reactions', 'reads', 'votes', 'saves'
    guild_id INTEGER NOT NULL,       -- 0: everywhere
    period TEXT NOT NULL,            -- 'all'; 'w' and the week, 'm' and the month (UTC): bot/store/leaderboard.py
    id INTEGER NOT NULL,             -- of the story or the quote
    count INTEGER NOT NULL,
    told INTEGER NOT NULL,           -- what is shown of it, later where readers did not say it: bot/domain/anonymity.py
    day INTEGER NOT NULL,            -- UTC, when it last changed
    PRIMARY KEY (kind, counted, guild_id, period, id)
) WITHOUT ROWID;
CREATE INDEX leaderboard_by_count ON leaderboard (kind, counted, guild_id, period, told DESC, id);
CREATE INDEX leaderboard_untold ON leaderboard (day) WHERE abs(count - told) >= 5;

-- How a story is read, as its authors were last told.
CREATE TABLE told_readerships (
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    told TEXT NOT NULL,              -- JSON: bot/store/author_stats.py
    day INTEGER NOT NULL,            -- UTC, when it was counted
    moment INTEGER NOT NULL          -- nanoseconds: readers who turned a page later are not in it
);
