-- The indexes are contentless: see bot/store/engines/sqlite_search.py.
CREATE VIRTUAL TABLE passage_search USING fts5 (
    text, scope, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE VIRTUAL TABLE story_search USING fts5 (
    title, author, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
