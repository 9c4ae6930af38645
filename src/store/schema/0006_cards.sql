-- What a person may add to a verdict, and cards about the whole relationship (desk/card.h).

ALTER TABLE verdict ADD COLUMN satisfaction BIGINT NOT NULL DEFAULT 0;   -- 1…5 "all in all", 0 not said
ALTER TABLE verdict ADD COLUMN repeated BIGINT NOT NULL DEFAULT -1;      -- had to explain it: 0 no, 1 once, 2 more than once; -1 not said
ALTER TABLE verdict ADD COLUMN moment_kind TEXT NOT NULL DEFAULT '';     -- 'good', 'bad', '' not said
ALTER TABLE verdict ADD COLUMN honoured BIGINT NOT NULL DEFAULT -1;      -- what helps this person was done: 0, 1; -1 not asked or not said
