-- The readers who say that they wrote a story.

-- A story and a reader: what became of the reader's claim. The audit log has who did what.
CREATE TABLE author_links (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'linked', 'refused', 'withdrawn')),  -- withdrawn: was linked
    since INTEGER NOT NULL,
    UNIQUE (story_id, user_id)
);
CREATE INDEX author_links_by_reader ON author_links (user_id, state, story_id);

-- The authors of a story. These readers may do what an author may, and what they said of the story
-- as its readers is kept and not counted.
CREATE VIEW story_authors AS SELECT story_id, user_id, since FROM author_links WHERE state = 'linked';
