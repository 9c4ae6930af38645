-- What a person may add to a verdict, and cards about the whole relationship (desk/card.h).

ALTER TABLE verdict ADD COLUMN satisfaction BIGINT NOT NULL DEFAULT 0;   -- 1…5 "all in all", 0 not said
ALTER TABLE verdict ADD COLUMN repeated BIGINT NOT NULL DEFAULT -1;      -- had to explain it: 0 no, 1 once, 2 more than once; -1 not said
ALTER TABLE verdict ADD COLUMN moment_kind TEXT NOT NULL DEFAULT '';     -- 'good', 'bad', '' not said
ALTER TABLE verdict ADD COLUMN honoured BIGINT NOT NULL DEFAULT -1;      -- what helps this person was done: 0, 1; -1 not asked or not said
ALTER TABLE verdict ADD COLUMN more BIGINT NOT NULL DEFAULT 1;           -- 1: asked for more than whether it is sorted (desk/card.h: the cap)
CREATE INDEX verdict_asked ON verdict(asked_of, asked_at);

CREATE TABLE instrument (                 -- what somebody set of how often a card is asked; its questions and the rest are in desk/instrument.c
  name TEXT PRIMARY KEY,
  is_on BIGINT NOT NULL,
  every_days BIGINT NOT NULL,             -- not the same person again before; 0: once
  share BIGINT NOT NULL,                  -- of a hundred whose turn it is, so many are drawn a day
  changed_by BIGINT REFERENCES party(id), changed_at BIGINT NOT NULL
);

CREATE TABLE card (                       -- one person asked once, by lot. desk/card.h
  id @ID1,
  instrument TEXT NOT NULL,
  asked_of BIGINT NOT NULL REFERENCES party(id),
  team_id BIGINT NOT NULL REFERENCES party(id),       -- about whom: the team that served them last,
  organisation_id BIGINT REFERENCES party(id),        -- and for whom they asked
  channel TEXT NOT NULL,                  -- how they came the last time
  day BIGINT NOT NULL,                    -- of the lot, days since 1970 where the place is
  draw BIGINT NOT NULL, below BIGINT NOT NULL,        -- the number drawn and what it had to be below, in millionths
  asked_at BIGINT NOT NULL, ends_at BIGINT NOT NULL,
  reminded_at BIGINT NOT NULL DEFAULT 0, answered_at BIGINT NOT NULL DEFAULT 0,
  score BIGINT NOT NULL DEFAULT -1,       -- recommend: 0…10; else the index times 100, 0…10000; -1: none
  words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX card_person ON card(asked_of, asked_at);
-- All that a sum needs: it reads the index alone.
CREATE INDEX card_instrument ON card(instrument, asked_at, team_id, organisation_id, channel, score, answered_at, ends_at);
CREATE INDEX card_waiting ON card(asked_at) WHERE answered_at = 0 AND reminded_at = 0;
CREATE TABLE response (                   -- the answers on a card, one a row
  card_id BIGINT NOT NULL REFERENCES card(id), item TEXT NOT NULL, value BIGINT NOT NULL,
  PRIMARY KEY (card_id, item)
);
CREATE TABLE card_round (                 -- each lot that was drawn: how many could have been, were drawn, were asked
  day BIGINT NOT NULL, instrument TEXT NOT NULL, at BIGINT NOT NULL,
  people BIGINT NOT NULL, drawn BIGINT NOT NULL, asked BIGINT NOT NULL,
  PRIMARY KEY (day, instrument)
);
