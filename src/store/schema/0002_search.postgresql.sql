-- Full text. The vector is made from the words of store/words.c, folded and cut already, so that both back ends agree and
-- no text search configuration of the server matters. Newest first: by message_id, backwards.
CREATE TABLE message_words (message_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX message_words_gin ON message_words USING gin (words);
