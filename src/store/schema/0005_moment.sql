-- Bad moments, each of one request: when it was, why, whom it is in front of, when a person spoke, and what they said next.
-- All of it follows from acts, messages, touches and verdicts; `cornerdesk rebuild` makes it anew. desk/moment.h
CREATE TABLE moment (
  request_id BIGINT NOT NULL REFERENCES request(id),
  nr BIGINT NOT NULL,                     -- 1, 2, …: a request may have several
  at BIGINT NOT NULL,
  why BIGINT NOT NULL,                    -- measure/moment.h
  person_id BIGINT NOT NULL,              -- in front of whom it is; 0: nobody serves the team
  team_id BIGINT NOT NULL, organisation_id BIGINT NOT NULL, asker_id BIGINT NOT NULL,
  claimed_at BIGINT NOT NULL, claimed_id BIGINT NOT NULL,     -- "I will speak with them"; 0: nobody said so
  spoken_at BIGINT NOT NULL, spoken_id BIGINT NOT NULL,       -- the first words of a person; 0: not yet
  next_at BIGINT NOT NULL DEFAULT 0,      -- their next verdict that says how it was against their own bar
  recovered BIGINT NOT NULL DEFAULT -1,   -- whether that met it: 1, 0, -1 nobody knows yet
  PRIMARY KEY (request_id, nr)
);
CREATE INDEX moment_at ON moment(at, request_id, nr);
CREATE INDEX moment_open ON moment(at, request_id, nr) WHERE spoken_at = 0;
CREATE INDEX moment_asker ON moment(asker_id, at);
CREATE INDEX moment_times ON moment(at, team_id, spoken_at, recovered);      -- all that its figures need
