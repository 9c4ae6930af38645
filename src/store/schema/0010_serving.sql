-- What serving took, added up by month, customer, team and service. desk/serving.h
ALTER TABLE fact ADD COLUMN month BIGINT NOT NULL DEFAULT 0;       -- in which it came: 12 * year + month - 1, UTC; 0: not in serving yet
ALTER TABLE fact ADD COLUMN messages BIGINT NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN acts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN written BIGINT NOT NULL DEFAULT -1;    -- minutes that somebody wrote down; -1: nobody did

CREATE TABLE serving (
  month BIGINT NOT NULL, organisation_id BIGINT NOT NULL, team_id BIGINT NOT NULL, service_id BIGINT NOT NULL,
  n BIGINT NOT NULL, messages BIGINT NOT NULL, acts BIGINT NOT NULL,       -- of requests of which nobody wrote minutes down: the equation speaks
  written_n BIGINT NOT NULL, written BIGINT NOT NULL,                      -- of the others: how many, and the minutes
  PRIMARY KEY (month, organisation_id, team_id, service_id)
);

-- All facts are read from the loop once more.
UPDATE fact SET version = -1;
UPDATE bookmark SET at = 0 WHERE name = 'facts';
