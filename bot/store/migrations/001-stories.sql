-- The library: stories, their text and where it comes from. AUTOINCREMENT: an id is never used again, so that a button
-- that is pressed years later never opens something else.

CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shelf TEXT NOT NULL,             -- 'folder', the id of the server that uploaded it, or 'unpublished'
    home INTEGER NOT NULL,           -- the server that shows it; 0: every server; -1: those in story_servers
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,         -- folded (bot/stories/folding.py), for finding and sorting
    author TEXT,
    summary TEXT,
    language TEXT,
    rating TEXT,                     -- NULL: the source names none
    mature INTEGER NOT NULL,         -- 1: only for adults
    status TEXT,                     -- NULL: unknown
    place INTEGER NOT NULL,          -- sorts lists before the title does; a story without an order comes last
    metadata TEXT NOT NULL,          -- JSON object
    may_quote INTEGER NOT NULL,      -- the writer's wishes
    may_vote INTEGER NOT NULL,
    may_review INTEGER NOT NULL,
    may_download INTEGER NOT NULL,
    may_share INTEGER NOT NULL,
    notes_before TEXT NOT NULL,      -- JSON arrays of paragraphs
    notes_after TEXT NOT NULL,
    words INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    chapters INTEGER NOT NULL,
    stored INTEGER NOT NULL,         -- bytes that its text takes in all tables: bot/store/limits.py
    last_number INTEGER,             -- of the last chapter, where chapters are counted through
    quotes_numbered INTEGER NOT NULL DEFAULT 0,  -- the last number that a quote of it was given
    loved INTEGER NOT NULL DEFAULT 0,            -- how many readers and emoji: bot/store/reactions.py
    go_on INTEGER NOT NULL DEFAULT 0,            -- votes to continue, 0 while they are hidden: bot/store/votes.py
    added_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    removed_at INTEGER,              -- since when it is off its shelf; all that readers did is kept
    removed_by TEXT,                 -- 'author', 'manager', or 'folder' where its file went
    withdrawn INTEGER NOT NULL DEFAULT 0,        -- 1: its author took it off, whatever managers did since
    UNIQUE (shelf, key)
);
-- Each index has the columns that say who may see a story, so that a list is read from the index alone.
CREATE INDEX stories_by_title ON stories (title_key, id, home, mature, removed_at);
CREATE INDEX stories_in_order ON stories (place, title_key, id, home, mature, removed_at);
CREATE INDEX stories_by_age ON stories (added_at DESC, title_key, id, home, mature, removed_at);
CREATE INDEX stories_by_love ON stories (loved DESC, title_key, id, home, mature, removed_at);
CREATE INDEX stories_by_wish ON stories (go_on DESC, title_key, id, home, mature, removed_at);
CREATE INDEX stories_by_words ON stories (words DESC, title_key, id, home, mature, removed_at);
-- For the sum of all uploads; no list can take it, since none names its condition.
CREATE INDEX stories_by_size ON stories (home, stored) WHERE home > 0;

CREATE TABLE story_servers (         -- the servers that a writer names
    guild_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    PRIMARY KEY (guild_id, story_id)
) WITHOUT ROWID;
CREATE INDEX story_servers_by_story ON story_servers (story_id);

CREATE TABLE hidden_stories (        -- stories that a server took off its shelf
    guild_id INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    PRIMARY KEY (guild_id, story_id)
) WITHOUT ROWID;
CREATE INDEX hidden_stories_by_story ON hidden_stories (story_id);

CREATE TABLE sources (
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    file TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    digest TEXT NOT NULL,
    parser INTEGER NOT NULL
);

CREATE TABLE uploads (               -- stories that somebody uploaded, and who did
    story_id INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,        -- 0: a former member
    uploaded_at INTEGER NOT NULL
);
CREATE INDEX uploads_by_user ON uploads (user_id, story_id);

CREATE TABLE versions (              -- the last of a story is what readers see; a few before it can be put back
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    change TEXT NOT NULL,            -- 'publish', 'replace', 'add-chapter', 'edit', 'put-back'
    details TEXT NOT NULL,           -- JSON: what was typed beside the files
    title TEXT NOT NULL,
    words INTEGER NOT NULL,
    chapters INTEGER NOT NULL,
    user_id INTEGER NOT NULL,        -- who made it; 0: a former member
    made_at INTEGER NOT NULL
);
CREATE INDEX versions_by_story ON versions (story_id, id);
CREATE INDEX versions_by_user ON versions (user_id);

CREATE TABLE drafts (                -- uploads that are not published: bot/store/drafts.py
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,        -- who sent it
    state TEXT NOT NULL,             -- 'making', or 'waiting' for the server's mods
    since INTEGER NOT NULL,          -- since when it is in that state
    story_id INTEGER REFERENCES stories (id) ON DELETE CASCADE,  -- its text, while it waits
    details TEXT NOT NULL,           -- JSON: what the uploader typed beside the files
    understood TEXT NOT NULL,        -- JSON: what readers would see of it
    change TEXT NOT NULL,            -- as in versions
    replaces INTEGER,                -- the story that it is a new version of
    base_chapters INTEGER,           -- how many chapters had been added to that story when the draft was made,
    base_details TEXT,               -- and what had been typed of it then; NULL: the draft takes the place of all of it
    wrote INTEGER,                   -- 1: its sender says that they wrote it; NULL: they have not said
    CHECK (state IN ('making', 'waiting')),
    CHECK ((state = 'waiting') = (story_id IS NOT NULL))
);
CREATE INDEX drafts_by_server ON drafts (guild_id, state, id);
CREATE INDEX drafts_by_user ON drafts (user_id, id);
CREATE INDEX drafts_by_story ON drafts (replaces);
CREATE INDEX drafts_by_text ON drafts (story_id);

-- The files of versions and drafts. Versions that have the same file share its bytes.
CREATE TABLE upload_bytes (
    digest TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE INDEX upload_bytes_by_size ON upload_bytes (size);  -- so that their sum reads none of the files
CREATE TABLE upload_files (
    version_id INTEGER REFERENCES versions (id) ON DELETE CASCADE,  -- of a version, or
    draft_id INTEGER REFERENCES drafts (id) ON DELETE CASCADE,      -- of a draft
    number INTEGER NOT NULL,         -- 0: the file itself; 1 and on: chapters that were added to it
    name TEXT NOT NULL,
    title TEXT,                      -- of an added chapter
    notes TEXT,
    digest TEXT NOT NULL REFERENCES upload_bytes (digest),
    CHECK ((version_id IS NULL) <> (draft_id IS NULL))
);
CREATE INDEX upload_files_by_version ON upload_files (version_id, number);
CREATE INDEX upload_files_by_draft ON upload_files (draft_id, number);
CREATE INDEX upload_files_by_digest ON upload_files (digest);

CREATE TABLE chapters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    position INTEGER,                -- from 1; NULL: no longer part of the story; its id stays taken
    added_at INTEGER NOT NULL,
    title TEXT,
    number INTEGER,                  -- the author's: NULL for a prologue, and one number may come again in a later part
    label TEXT,                      -- the words with the number where they are not "Chapter 3": 'Letter 4'
    words INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    digest TEXT NOT NULL,
    notes_before TEXT NOT NULL,
    notes_after TEXT NOT NULL,
    UNIQUE (story_id, position),
    UNIQUE (story_id, id)            -- for the keys of what is at a chapter: they are looked up by story
);

-- The prose itself. A chapter is its slices joined with nothing between them.
CREATE TABLE prose_slices (
    chapter_id INTEGER NOT NULL REFERENCES chapters (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,          -- code points of the chapter's prose
    text TEXT NOT NULL,
    spans TEXT NOT NULL,             -- JSON: emphasis as [start, end, kind], counted from the slice's start
    PRIMARY KEY (chapter_id, start)
);

-- Where pages begin and end, for both page lengths.
CREATE TABLE pages (
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    length INTEGER NOT NULL,         -- 0 for a phone, 1 for a desktop
    number INTEGER NOT NULL,         -- within the story
    chapter_id INTEGER NOT NULL REFERENCES chapters (id),
    in_chapter INTEGER NOT NULL,
    start INTEGER NOT NULL,          -- code points of the chapter's prose
    until INTEGER NOT NULL,          -- where it ends
    words_before INTEGER NOT NULL,   -- of the story
    words INTEGER NOT NULL,
    PRIMARY KEY (story_id, length, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX pages_by_place ON pages (chapter_id, length, start);
CREATE INDEX pages_by_words ON pages (story_id, length, words_before);
