-- The words of the quotes that are dealt.
CREATE TABLE quote_search (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX quote_search_words ON quote_search USING gin (words) WITH (fastupdate = off);
