"""The steps that bring a database file from any released version to this one.

A step once released is never edited; a change is a new step at the end.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import aiosqlite

STEPS: tuple[str, ...] = (
    # 1: the library, and what readers do in it. AUTOINCREMENT: a button pressed years later never meets another's id.
    """
    CREATE TABLE stories (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        shelf TEXT NOT NULL,             -- 'folder', or the id of the server that uploaded it
        home INTEGER NOT NULL,           -- the server that it is shown in; 0: everywhere; -1: where `shown_in` says
        key TEXT NOT NULL,
        title TEXT NOT NULL,
        title_key TEXT NOT NULL,         -- folded, for finding and sorting
        author TEXT,
        summary TEXT,
        language TEXT,
        rating TEXT,                     -- NULL: the source says nothing of one
        mature INTEGER NOT NULL,         -- 1: only for adults
        status TEXT,                     -- NULL: nothing lets one say
        place INTEGER NOT NULL,          -- in lists, before the title; what says nothing of it comes last
        metadata TEXT NOT NULL,          -- JSON object
        may_quote INTEGER NOT NULL,      -- the writer's wishes
        may_vote INTEGER NOT NULL,
        may_download INTEGER NOT NULL,
        may_share INTEGER NOT NULL,
        notes_before TEXT NOT NULL,      -- JSON arrays of paragraphs
        notes_after TEXT NOT NULL,
        words INTEGER NOT NULL,
        pages INTEGER NOT NULL,
        chapters INTEGER NOT NULL,
        quotes_numbered INTEGER NOT NULL DEFAULT 0,  -- the last number given to a quote of it
        loved INTEGER NOT NULL DEFAULT 0,            -- reactions and votes to go on: counted by the triggers below,
        go_on INTEGER NOT NULL DEFAULT 0,            -- so that they are what their rows say, whoever changes those
        added_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        removed_at INTEGER,              -- its file is gone: hidden, with all that readers did kept
        UNIQUE (shelf, key)
    );
    -- Each holds all that says who may see a story, so that a list is walked without reading the rows.
    CREATE INDEX stories_by_title ON stories (title_key, id, home, mature, removed_at);
    CREATE INDEX stories_in_order ON stories (place, title_key, id, home, mature, removed_at);
    CREATE INDEX stories_by_age ON stories (added_at DESC, title_key, id, home, mature, removed_at);
    CREATE INDEX stories_by_love ON stories (loved DESC, title_key, id, home, mature, removed_at);
    CREATE INDEX stories_by_wish ON stories (go_on DESC, title_key, id, home, mature, removed_at);
    CREATE INDEX stories_by_words ON stories (words DESC, title_key, id, home, mature, removed_at);

    -- The one place that says which stories may be shown: every query that shows anything reads one of these views.
    CREATE VIEW shown AS SELECT * FROM stories WHERE removed_at IS NULL AND mature = 0;
    CREATE VIEW shown_to_adults AS SELECT * FROM stories WHERE removed_at IS NULL;

    CREATE TABLE shown_in (              -- the servers that a writer names
        guild_id INTEGER NOT NULL,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        PRIMARY KEY (guild_id, story_id)
    ) WITHOUT ROWID;
    CREATE INDEX shown_in_by_story ON shown_in (story_id);

    CREATE TABLE hidden_in (             -- what a server does not want on its shelf
        guild_id INTEGER NOT NULL,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        PRIMARY KEY (guild_id, story_id)
    ) WITHOUT ROWID;

    CREATE TABLE marks (                 -- what a story is found by: bot/stories/marks.py
        kind TEXT NOT NULL,
        key TEXT NOT NULL,               -- the name, folded
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        PRIMARY KEY (kind, key, story_id)
    ) WITHOUT ROWID;
    CREATE INDEX marks_by_story ON marks (story_id, key, kind);

    CREATE TABLE names (                 -- of marks, as they are offered; `uses` says in which order, and nothing else
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        uses INTEGER NOT NULL,
        PRIMARY KEY (kind, key)
    ) WITHOUT ROWID;
    CREATE INDEX names_by_use ON names (kind, uses DESC, key);
    CREATE TRIGGER name_used AFTER INSERT ON marks BEGIN
        UPDATE names SET uses = uses + 1 WHERE kind = NEW.kind AND key = NEW.key;
    END;
    CREATE TRIGGER name_left AFTER DELETE ON marks BEGIN
        UPDATE names SET uses = uses - 1 WHERE kind = OLD.kind AND key = OLD.key;
        DELETE FROM names WHERE kind = OLD.kind AND key = OLD.key AND uses < 1;
    END;

    CREATE TABLE mutes (                 -- what a reader does not want to meet in lists
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('tag', 'author')),
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        UNIQUE (user_id, kind, key)
    );

    CREATE TABLE findings (              -- a list that was asked for, so that its buttons know which
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        asked TEXT NOT NULL,             -- JSON: bot/finding.py
        used_at INTEGER NOT NULL,
        UNIQUE (user_id, asked)
    );
    CREATE INDEX findings_by_age ON findings (used_at);

    CREATE TABLE sources (
        story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
        file TEXT NOT NULL,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        digest TEXT NOT NULL,
        parser INTEGER NOT NULL
    );

    CREATE TABLE uploads (
        story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        data BLOB NOT NULL,
        details TEXT NOT NULL,           -- JSON: what was said of it beside the file
        user_id INTEGER NOT NULL,
        uploaded_at INTEGER NOT NULL
    );

    CREATE TABLE drafts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        guild_id INTEGER NOT NULL,
        user_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        data BLOB NOT NULL,
        details TEXT NOT NULL,           -- JSON: what was said of it beside the file
        understood TEXT NOT NULL,        -- JSON: what readers would see
        replaces INTEGER,
        made_at INTEGER NOT NULL
    );
    CREATE INDEX drafts_by_user ON drafts (user_id, id);

    CREATE TABLE chapters (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        number INTEGER,                  -- NULL: no longer part of the story; its id stays taken
        added_at INTEGER NOT NULL,
        title TEXT,
        words INTEGER NOT NULL,
        pages INTEGER NOT NULL,
        digest TEXT NOT NULL,
        notes_before TEXT NOT NULL,
        notes_after TEXT NOT NULL,
        UNIQUE (story_id, number)
    );

    -- The prose itself. A chapter is its slices joined with nothing between them.
    CREATE TABLE slices (
        chapter_id INTEGER NOT NULL REFERENCES chapters (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,          -- code points of the chapter's prose
        text TEXT NOT NULL,
        spans TEXT NOT NULL,             -- JSON: emphasis as [start, end, kind], counted from the slice's start
        PRIMARY KEY (chapter_id, start)
    );

    -- Where pages begin and end, for each length that a reader may choose.
    CREATE TABLE pages (
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        length INTEGER NOT NULL,         -- 0 short, 1 medium, 2 long
        number INTEGER NOT NULL,         -- within the story
        chapter_id INTEGER NOT NULL REFERENCES chapters (id),
        in_chapter INTEGER NOT NULL,
        start INTEGER NOT NULL,          -- code points of the chapter's prose
        end INTEGER NOT NULL,
        words_before INTEGER NOT NULL,   -- of the story
        words INTEGER NOT NULL,
        PRIMARY KEY (story_id, length, number)
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX pages_by_place ON pages (chapter_id, length, start);
    CREATE INDEX pages_by_words ON pages (story_id, length, words_before);

    -- What a reader has chosen; who has chosen nothing, and was always reached, has no row.
    CREATE TABLE readers (
        user_id INTEGER PRIMARY KEY,
        page_length INTEGER NOT NULL DEFAULT 1,
        private INTEGER,                 -- 1: pages open for them alone; NULL: as the server has it
        adult INTEGER NOT NULL DEFAULT 0,  -- 1: they said so, which holds in direct messages with the bot
        veil INTEGER NOT NULL DEFAULT 1, -- 1: what is beyond their furthest point is veiled
        notices TEXT NOT NULL DEFAULT 'direct' CHECK (notices IN ('direct', 'server', 'none')),
        unreached_at INTEGER             -- when Discord last took no direct message to them; NULL: it does
    );

    -- What those who manage a server have chosen; where they have chosen nothing there is no row.
    CREATE TABLE servers (
        guild_id INTEGER PRIMARY KEY,
        news_channel INTEGER,
        adders TEXT NOT NULL DEFAULT 'managers' CHECK (adders IN ('managers', 'role', 'everyone')),
        adders_role INTEGER,
        private INTEGER,                 -- 1: pages open for the one alone who asks; NULL: as the bot has it
        reactions TEXT                   -- JSON: the reactions on offer; NULL: the bot's own
    );

    -- The prose once more, in pieces of their own, so that what pages are does not matter to the search.
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        chapter_id INTEGER NOT NULL REFERENCES chapters (id),
        start INTEGER NOT NULL,          -- code points of the chapter's prose
        words_before INTEGER NOT NULL,   -- of the story
        text TEXT NOT NULL,
        scope TEXT NOT NULL              -- see bot/store/passages.py
    );
    CREATE INDEX passages_by_story ON passages (story_id);

    -- Without content of its own: what it is given is `searchable` text, and to delete a row is to give it that again.
    CREATE VIRTUAL TABLE passage_search USING fts5 (
        text, scope, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
    );

    -- What was looked for, where it has more than one page: too long for the custom id of a button.
    CREATE TABLE searches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        typed TEXT NOT NULL,
        story_id INTEGER,                -- NULL: all stories
        made_at INTEGER NOT NULL
    );
    CREATE INDEX searches_by_user ON searches (user_id, id);
    CREATE INDEX searches_by_time ON searches (made_at);

    CREATE TABLE quotes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,         -- within the story; never given twice
        chapter_id INTEGER NOT NULL REFERENCES chapters (id),
        start INTEGER NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (story_id, number)
    );

    CREATE VIRTUAL TABLE story_search USING fts5 (
        title, author, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
    );

    CREATE TABLE places (
        user_id INTEGER NOT NULL,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        chapter_id INTEGER NOT NULL REFERENCES chapters (id),
        start INTEGER NOT NULL,
        passage TEXT NOT NULL,
        furthest_chapter_id INTEGER NOT NULL REFERENCES chapters (id),
        furthest_start INTEGER NOT NULL,
        furthest_passage TEXT NOT NULL,
        finished_at INTEGER,
        moved_at INTEGER NOT NULL,       -- nanoseconds, so that of two turns the latest is known
        PRIMARY KEY (user_id, story_id)
    );
    CREATE INDEX places_by_time ON places (user_id, moved_at DESC);
    CREATE INDEX places_by_story ON places (story_id);

    -- A reader's lists; changed_at in nanoseconds, moved by every turn.
    CREATE TABLE lists (
        user_id INTEGER NOT NULL,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        list TEXT NOT NULL CHECK (list IN ('reading', 'later', 'finished', 'paused', 'dropped')),
        changed_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, story_id)
    );
    CREATE INDEX lists_by_time ON lists (user_id, list, changed_at DESC);

    CREATE TABLE bookmarks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user_id INTEGER NOT NULL,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        chapter_id INTEGER NOT NULL REFERENCES chapters (id),
        start INTEGER NOT NULL,
        passage TEXT NOT NULL,
        note TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        UNIQUE (user_id, chapter_id, start)
    );
    CREATE INDEX bookmarks_by_reader ON bookmarks (user_id, id DESC);
    CREATE INDEX bookmarks_by_story ON bookmarks (story_id);

    CREATE TABLE votes (
        user_id INTEGER NOT NULL,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        choice TEXT NOT NULL CHECK (choice IN ('continue', 'leave')),
        guild_id INTEGER,                -- where it was last cast; NULL: in a direct message
        cast_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, story_id)
    );
    CREATE INDEX votes_by_story ON votes (story_id, choice, guild_id);
    CREATE TRIGGER vote_cast AFTER INSERT ON votes WHEN NEW.choice = 'continue' BEGIN
        UPDATE stories SET go_on = go_on + 1 WHERE id = NEW.story_id;
    END;
    CREATE TRIGGER vote_changed AFTER UPDATE OF choice ON votes WHEN NEW.choice <> OLD.choice BEGIN
        UPDATE stories SET go_on = go_on + iif(NEW.choice = 'continue', 1, -1) WHERE id = NEW.story_id;
    END;
    CREATE TRIGGER vote_withdrawn AFTER DELETE ON votes WHEN OLD.choice = 'continue' BEGIN
        UPDATE stories SET go_on = go_on - 1 WHERE id = OLD.story_id;
    END;

    -- A reader counts once for an emoji while at least one such row stands.
    CREATE TABLE reactions (
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        emoji TEXT NOT NULL,             -- the emoji itself; of a custom one the id
        user_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,     -- 0: given by a button
        given_at INTEGER NOT NULL,
        PRIMARY KEY (story_id, emoji, user_id, message_id)
    );
    CREATE INDEX reactions_by_message ON reactions (message_id, emoji, user_id) WHERE message_id <> 0;
    CREATE INDEX reactions_by_reader ON reactions (user_id);
    CREATE TRIGGER reaction_given AFTER INSERT ON reactions WHEN NOT EXISTS (
        SELECT 1 FROM reactions WHERE story_id = NEW.story_id AND emoji = NEW.emoji AND user_id = NEW.user_id
        AND message_id <> NEW.message_id
    ) BEGIN
        UPDATE stories SET loved = loved + 1 WHERE id = NEW.story_id;
    END;
    CREATE TRIGGER reaction_taken AFTER DELETE ON reactions WHEN NOT EXISTS (
        SELECT 1 FROM reactions WHERE story_id = OLD.story_id AND emoji = OLD.emoji AND user_id = OLD.user_id
    ) BEGIN
        UPDATE stories SET loved = loved - 1 WHERE id = OLD.story_id;
    END;

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
        posted_at INTEGER NOT NULL
    );

    -- Pages that one reader turns for all.
    CREATE TABLE sessions (
        message_id INTEGER PRIMARY KEY,
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        user_id INTEGER NOT NULL,        -- who turns the pages
        begun_at INTEGER NOT NULL
    );
    CREATE INDEX sessions_by_reader ON sessions (user_id);

    CREATE TABLE draws (
        scope TEXT NOT NULL,             -- 'guild:…' or 'user:…'
        story_id INTEGER NOT NULL,       -- 0: all stories
        deck TEXT NOT NULL,              -- JSON: see bot/store/deck.py
        PRIMARY KEY (scope, story_id)
    );

    CREATE TABLE authors (               -- those whom somebody follows or followed
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,        -- the name, folded
        name TEXT NOT NULL
    );

    -- What readers follow: a story, or all by an author; a row for each server where they said so (0: nowhere).
    CREATE TABLE follows (
        user_id INTEGER NOT NULL,
        story_id INTEGER REFERENCES stories (id) ON DELETE CASCADE,
        author_id INTEGER REFERENCES authors (id),
        guild_id INTEGER NOT NULL,
        followed_at INTEGER NOT NULL,
        CHECK ((story_id IS NULL) <> (author_id IS NULL)),
        UNIQUE (user_id, story_id, guild_id),
        UNIQUE (user_id, author_id, guild_id)
    );
    CREATE INDEX follows_by_story ON follows (story_id, guild_id, user_id);
    CREATE INDEX follows_by_author ON follows (author_id, guild_id, user_id);

    -- News that nobody has begun to tell: see bot/store/notices.py.
    CREATE TABLE notices (
        user_id INTEGER NOT NULL,        -- the reader who is to be told; 0: a server is
        guild_id INTEGER NOT NULL,       -- the server that is to be told; 0: a reader is
        story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,              -- a Kind of bot/news.py
        chapter_id INTEGER NOT NULL,     -- 0: it is about the story as a whole
        tries INTEGER NOT NULL DEFAULT 0,
        due_at INTEGER NOT NULL,
        PRIMARY KEY (user_id, guild_id, story_id, kind, chapter_id)
    ) WITHOUT ROWID;
    CREATE INDEX notices_by_time ON notices (due_at);

    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    """,
)


async def migrate(db: aiosqlite.Connection, steps: Sequence[str] = STEPS) -> None:
    """Run the steps that *db* has not had; each lands whole, with its record, or not at all."""
    await db.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, ran_at INTEGER NOT NULL)")
    [(done,)] = await db.execute_fetchall("SELECT coalesce(max(number), 0) FROM migrations")
    for number, step in enumerate(steps[done:], start=done + 1):
        record = f"INSERT INTO migrations VALUES ({number}, {int(time.time())})"
        try:
            await db.executescript(f"BEGIN; {step}; {record}; COMMIT;")
        except aiosqlite.Error:
            await db.rollback()
            raise
