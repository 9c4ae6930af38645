-- Journeys as they are planned. How they are walked is read from the loop (desk/trace.c) and lies nowhere else.

CREATE TABLE journey (
  id @ID1,
  code TEXT NOT NULL UNIQUE,              -- its name among programs, as files carry it: "J7"
  name TEXT NOT NULL,
  about TEXT NOT NULL DEFAULT '',
  walker TEXT NOT NULL DEFAULT '',        -- who walks it, in a word: "New starter"
  team_id BIGINT REFERENCES party(id),    -- whose map it is; NULL: the house's
  whose TEXT NOT NULL DEFAULT '',         -- whose walks: '' everybody's, 'organisation', 'service', 'tag'
  whose_id BIGINT NOT NULL DEFAULT 0,     -- that organisation or service
  whose_word TEXT NOT NULL DEFAULT '',    -- that tag
  days BIGINT NOT NULL DEFAULT 60,        -- how long a walk may last, from its first visit
  in_force BIGINT NOT NULL DEFAULT 0,     -- number of the version in force; 0: none yet
  keep TEXT NOT NULL DEFAULT '',          -- XML: what a file had and we have no word for
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE journey_version (
  journey_id BIGINT NOT NULL REFERENCES journey(id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_id BIGINT REFERENCES party(id),
  note TEXT NOT NULL,
  PRIMARY KEY (journey_id, number)
);
CREATE TABLE touchpoint (                 -- number 0 is the map in work; every version has its own copy
  id @ID1,
  journey_id BIGINT NOT NULL REFERENCES journey(id),
  number BIGINT NOT NULL,
  code TEXT NOT NULL,                     -- "T3": the same touchpoint in every version, and in files
  position BIGINT NOT NULL,
  phase TEXT NOT NULL,                    -- 'before', 'during', 'after'
  lane TEXT NOT NULL,                     -- 'evidence', 'customer', 'onstage', 'backstage', 'support'
  kind TEXT NOT NULL,                     -- 'communication', 'action'
  name TEXT NOT NULL,
  doing TEXT NOT NULL DEFAULT '',
  initiator TEXT NOT NULL DEFAULT '', receiver TEXT NOT NULL DEFAULT '', channel TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '', promise TEXT NOT NULL DEFAULT '', ideas TEXT NOT NULL DEFAULT '',
  act TEXT NOT NULL DEFAULT '',           -- what is a visit: 'request', 'promise', 'ask', 'report', 'accept', 'verdict'; '': nothing is
  service_id BIGINT NOT NULL DEFAULT 0, request_kind TEXT NOT NULL DEFAULT '', by_channel TEXT NOT NULL DEFAULT '',
  tag TEXT NOT NULL DEFAULT '', word TEXT NOT NULL DEFAULT '',   -- of the requests that count, each said or left open
  keep TEXT NOT NULL DEFAULT '',          -- XML, as of the journey
  removed_at BIGINT NOT NULL DEFAULT 0,   -- taken off the map in work, and can be put back
  UNIQUE (journey_id, number, code)
);
CREATE TABLE journey_log (                -- walks that were brought from elsewhere, as a file
  id @ID1,
  journey_id BIGINT NOT NULL REFERENCES journey(id),
  name TEXT NOT NULL,
  xml TEXT NOT NULL,
  walks BIGINT NOT NULL, events BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_id BIGINT REFERENCES party(id)
);
CREATE INDEX journey_log_of ON journey_log(journey_id, id);
CREATE INDEX request_service ON request(service_id, created_at);   -- who has asked for something lately
