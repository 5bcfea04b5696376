-- What readers love most: counts kept by triggers in the transaction of what they count, so that a list of the most
-- loved is a walk along an index, however many readers there are. No reader is named in a count.

-- A reader's emoji to a story, once, however often it was given; where and when it was given first.
CREATE TABLE story_reactors (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (story_id, emoji, user_id)
) WITHOUT ROWID;
CREATE INDEX given_by_reader ON story_reactors (user_id);
CREATE TRIGGER given_first AFTER INSERT ON reactions WHEN NOT EXISTS (
    SELECT 1 FROM story_reactors WHERE story_id = NEW.story_id AND emoji = NEW.emoji AND user_id = NEW.user_id
) BEGIN
    INSERT INTO story_reactors VALUES (NEW.story_id, NEW.emoji, NEW.user_id, NEW.guild_id, NEW.given_at);
END;
CREATE TRIGGER given_no_more AFTER DELETE ON reactions WHEN NOT EXISTS (
    SELECT 1 FROM reactions WHERE story_id = OLD.story_id AND emoji = OLD.emoji AND user_id = OLD.user_id
) BEGIN
    DELETE FROM story_reactors WHERE story_id = OLD.story_id AND emoji = OLD.emoji AND user_id = OLD.user_id;
END;

-- The same for what was given on messages that show a quote.
CREATE TABLE quote_reactors (
    quote_id INTEGER NOT NULL REFERENCES quotes (id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    guild_id INTEGER NOT NULL,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (quote_id, emoji, user_id)
) WITHOUT ROWID;
CREATE INDEX given_to_quotes_by_reader ON quote_reactors (user_id);
CREATE TRIGGER given_to_quote_first AFTER INSERT ON reactions WHEN NEW.quote_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM quote_reactors WHERE quote_id = NEW.quote_id AND emoji = NEW.emoji AND user_id = NEW.user_id
) BEGIN
    INSERT INTO quote_reactors VALUES (NEW.quote_id, NEW.emoji, NEW.user_id, NEW.guild_id, NEW.given_at);
END;
CREATE TRIGGER given_to_quote_no_more AFTER DELETE ON reactions WHEN OLD.quote_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM reactions WHERE quote_id = OLD.quote_id AND emoji = OLD.emoji AND user_id = OLD.user_id
) BEGIN
    DELETE FROM quote_reactors WHERE quote_id = OLD.quote_id AND emoji = OLD.emoji AND user_id = OLD.user_id;
END;

-- How many readers gave each emoji to a story.
CREATE TABLE reaction_counts (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,
    readers INTEGER NOT NULL,
    PRIMARY KEY (story_id, emoji)
) WITHOUT ROWID;

CREATE TABLE leaderboard (
    kind TEXT NOT NULL,              -- 'story' or 'quote'
    counted TEXT NOT NULL,             -- 'reactions', 'reads', 'votes', 'saves'
    guild_id INTEGER NOT NULL,       -- 0: everywhere
    period TEXT NOT NULL,            -- 'all'; 'w' and the weeks, 'm' and the month: bot/store/top.py
    id INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (kind, counted, guild_id, period, id)
) WITHOUT ROWID;
CREATE INDEX scores_by_count ON leaderboard (kind, counted, guild_id, period, count DESC, id);

-- What is written into this view is added to all the scores that it counts for. Weeks begin on Monday, UTC.
CREATE VIEW scoring AS SELECT '' AS kind, '' AS counted, 0 AS guild_id, 0 AS at, 0 AS id, 0 AS change;
CREATE TRIGGER score INSTEAD OF INSERT ON scoring BEGIN
    INSERT INTO leaderboard (kind, counted, guild_id, period, id, count)
    SELECT NEW.kind, NEW.counted, g.column1, p.column1, NEW.id, NEW.change
    FROM (VALUES (0), (NEW.guild_id)) g, (VALUES
        ('all'), ('w' || ((NEW.at / 86400 + 3) / 7)), ('m' || strftime('%Y-%m', NEW.at, 'unixepoch'))
    ) p WHERE g.column1 = 0 OR NEW.guild_id <> 0
    GROUP BY g.column1, p.column1
    ON CONFLICT DO UPDATE SET count = count + excluded.count;
END;

CREATE TRIGGER given_scores AFTER INSERT ON story_reactors BEGIN
    UPDATE stories SET loved = loved + 1 WHERE id = NEW.story_id;
    INSERT INTO reaction_counts VALUES (NEW.story_id, NEW.emoji, 1) ON CONFLICT DO UPDATE SET readers = readers + 1;
    INSERT INTO scoring VALUES ('story', 'reactions', NEW.guild_id, NEW.given_at, NEW.story_id, 1);
END;
CREATE TRIGGER taken_scores AFTER DELETE ON story_reactors BEGIN
    UPDATE stories SET loved = loved - 1 WHERE id = OLD.story_id;
    UPDATE reaction_counts SET readers = readers - 1 WHERE story_id = OLD.story_id AND emoji = OLD.emoji;
    DELETE FROM reaction_counts WHERE story_id = OLD.story_id AND emoji = OLD.emoji AND readers < 1;
    INSERT INTO scoring VALUES ('story', 'reactions', OLD.guild_id, OLD.given_at, OLD.story_id, -1);
END;
CREATE TRIGGER given_to_quote_scores AFTER INSERT ON quote_reactors BEGIN
    UPDATE quotes SET loved = loved + 1 WHERE id = NEW.quote_id;
    INSERT INTO scoring VALUES ('quote', 'reactions', NEW.guild_id, NEW.given_at, NEW.quote_id, 1);
END;
CREATE TRIGGER taken_from_quote_scores AFTER DELETE ON quote_reactors BEGIN
    UPDATE quotes SET loved = loved - 1 WHERE id = OLD.quote_id;
    INSERT INTO scoring VALUES ('quote', 'reactions', OLD.guild_id, OLD.given_at, OLD.quote_id, -1);
END;
CREATE TRIGGER saved_scores AFTER INSERT ON saved_quotes BEGIN
    INSERT INTO scoring VALUES ('quote', 'saves', NEW.guild_id, NEW.saved_at, NEW.quote_id, 1);
    INSERT INTO scoring SELECT 'story', 'saves', NEW.guild_id, NEW.saved_at, q.story_id, 1
    FROM quotes q WHERE q.id = NEW.quote_id;
END;
CREATE TRIGGER dropped_scores AFTER DELETE ON saved_quotes BEGIN
    INSERT INTO scoring VALUES ('quote', 'saves', OLD.guild_id, OLD.saved_at, OLD.quote_id, -1);
    INSERT INTO scoring SELECT 'story', 'saves', OLD.guild_id, OLD.saved_at, q.story_id, -1
    FROM quotes q WHERE q.id = OLD.quote_id;
END;
CREATE TRIGGER vote_scores AFTER INSERT ON votes WHEN NEW.choice = 'continue' BEGIN
    INSERT INTO scoring VALUES ('story', 'votes', coalesce(NEW.guild_id, 0), NEW.cast_at, NEW.story_id, 1);
END;
CREATE TRIGGER withdrawn_vote_scores AFTER DELETE ON votes WHEN OLD.choice = 'continue' BEGIN
    INSERT INTO scoring VALUES ('story', 'votes', coalesce(OLD.guild_id, 0), OLD.cast_at, OLD.story_id, -1);
END;
CREATE TRIGGER begun_and_read_scores AFTER INSERT ON places WHEN NEW.finished_at IS NOT NULL BEGIN
    INSERT INTO scoring VALUES ('story', 'reads', NEW.finished_in, NEW.finished_at, NEW.story_id, 1);
END;
CREATE TRIGGER read_scores AFTER UPDATE OF finished_at ON places
WHEN OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL BEGIN
    INSERT INTO scoring VALUES ('story', 'reads', NEW.finished_in, NEW.finished_at, NEW.story_id, 1);
END;
CREATE TRIGGER forgotten_read_scores AFTER DELETE ON places WHEN OLD.finished_at IS NOT NULL BEGIN
    INSERT INTO scoring VALUES ('story', 'reads', OLD.finished_in, OLD.finished_at, OLD.story_id, -1);
END;
