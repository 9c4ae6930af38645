-- Full text. message_words keeps what store/words.c made of each message: folded words, one blank between. message_index
-- is FTS5 over it (external content: the words stand once); it catches up with message_waiting in batches (search.c).
-- ascii: the words are folded and cut already, so that both back ends agree, and every other byte is a letter.
-- prefix: three letters with a * are looked up, not collected (two as well would cost a message a third more).
-- columnsize: only best-match ranking would need it.
CREATE TABLE message_words (message_id INTEGER PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE message_waiting (message_id INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE message_index USING fts5(words, content='message_words', content_rowid='message_id',
  tokenize='ascii', prefix='3', columnsize=0);
INSERT INTO message_index(message_index, rank) VALUES ('automerge', 8);
