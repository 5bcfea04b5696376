-- What readers love most, counted in the transaction that changes it (bot/store/leaderboard.py), so that a list of the
-- most loved is read along an index, however many readers there are. No count names a reader.

CREATE TABLE leaderboard (
    kind TEXT NOT NULL,              -- 'story' or 'quote'
    counted TEXT NOT NULL,           -- 'reactions', 'reads', 'votes', 'saves'
    guild_id INTEGER NOT NULL,       -- 0: everywhere
    period TEXT NOT NULL,            -- 'all'; 'w' and the week, 'm' and the month (UTC): bot/store/leaderboard.py
    id INTEGER NOT NULL,             -- of the story or the quote
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, counted, guild_id, period, id)
) WITHOUT ROWID;
CREATE INDEX leaderboard_by_count ON leaderboard (kind, counted, guild_id, period, count DESC, id);
