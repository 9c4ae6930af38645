-- How somebody who serves likes to work: single letters as keys, and what comes after an answer. desk/habit.h
CREATE TABLE habit (
  party_id BIGINT PRIMARY KEY REFERENCES party(id),
  off BIGINT NOT NULL,                    -- single letters do nothing
  told BIGINT NOT NULL,                   -- it was said once that they do something
  onward BIGINT NOT NULL,                 -- after an answer the next conversation opens
  keys TEXT NOT NULL                      -- a line for each key of one's own: "reply x"
);
