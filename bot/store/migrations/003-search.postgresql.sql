-- What the words are: bot/store/engines/postgresql_search.py.
CREATE TABLE passage_search (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX passage_search_words ON passage_search USING gin (words) WITH (fastupdate = off);

CREATE TABLE story_search (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX story_search_words ON story_search USING gin (words) WITH (fastupdate = off);
