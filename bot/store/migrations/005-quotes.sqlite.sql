-- The words of the quotes that are dealt; contentless, as passage_search is.
CREATE VIRTUAL TABLE quote_search USING fts5 (
    text, scope, content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
