-- What figures are made of. All of it follows from requests, acts, messages, touches and verdicts; `cornerdesk rebuild` makes it anew.
CREATE TABLE fact (                       -- one request as a measure sees it. desk/fact.h
  request_id BIGINT PRIMARY KEY REFERENCES request(id),
  version BIGINT NOT NULL,                -- of the request it was read from
  team_id BIGINT NOT NULL, organisation_id BIGINT NOT NULL, service_id BIGINT NOT NULL, asker_id BIGINT NOT NULL, owner_id BIGINT NOT NULL,
  kind TEXT NOT NULL, channel TEXT NOT NULL, outcome TEXT NOT NULL,
  since_at BIGINT NOT NULL,               -- the asker's clock began
  heard_at BIGINT NOT NULL,               -- first words by a person; 0: not yet, as with all of these
  verdict_at BIGINT NOT NULL,             -- the verdict was given, or silence taken as none
  ended_at BIGINT NOT NULL,
  hear_us BIGINT NOT NULL, hear_work_us BIGINT NOT NULL,      -- until heard_at: on their clock, on ours
  in_time BIGINT NOT NULL,                -- heard within what the service says: 1, 0, -1 nobody can say yet
  customer_us BIGINT NOT NULL, provider_us BIGINT NOT NULL, theirs_us BIGINT NOT NULL, supplier_us BIGINT NOT NULL, closed_us BIGINT NOT NULL,
  reach_us BIGINT NOT NULL,               -- from "I would like to talk to a person" to a person's words; -1
  touches BIGINT NOT NULL, transfers BIGINT NOT NULL, repeats BIGINT NOT NULL, switches BIGINT NOT NULL, reopens BIGINT NOT NULL, asks BIGINT NOT NULL,
  again_after BIGINT NOT NULL,            -- days until the same need came back; -1
  agent_first BIGINT NOT NULL,            -- we said it was solved at the first contact
  cards BIGINT NOT NULL, answered BIGINT NOT NULL,            -- verdicts asked for and given
  sorted TEXT NOT NULL,                   -- of the first one given: a request that ends is sorted in the end
  against_bar TEXT NOT NULL, moment_kind TEXT NOT NULL,       -- of the last one given; '' not said
  satisfaction BIGINT NOT NULL, ease BIGINT NOT NULL, lost_minutes BIGINT NOT NULL, honoured BIGINT NOT NULL,
  bad BIGINT NOT NULL, bad_at BIGINT NOT NULL                 -- what made it a bad moment (measure/moment.h), and when it first was one
);
CREATE INDEX fact_heard ON fact(heard_at) WHERE heard_at > 0;
CREATE INDEX fact_verdict ON fact(verdict_at) WHERE verdict_at > 0;
CREATE INDEX fact_ended ON fact(ended_at) WHERE ended_at > 0;
CREATE INDEX fact_organisation ON fact(organisation_id, since_at);
CREATE INDEX fact_asker ON fact(asker_id, since_at);
CREATE INDEX fact_owner ON fact(owner_id, since_at);
CREATE INDEX fact_bad ON fact(bad_at) WHERE bad_at > 0;
CREATE INDEX request_after ON request(after_id) WHERE after_id IS NOT NULL;

CREATE TABLE series (                     -- days added up, by team and by organisation. desk/series.h
  place TEXT NOT NULL,                    -- 'team' or 'organisation' (of which closed teams are left out)
  place_id BIGINT NOT NULL,
  measure TEXT NOT NULL,
  day BIGINT NOT NULL,                    -- days since 1970, UTC
  k BIGINT NOT NULL, n BIGINT NOT NULL, silent BIGINT NOT NULL,
  spread TEXT NOT NULL DEFAULT '',        -- of times: measure/spread.h
  PRIMARY KEY (place, measure, day, place_id)
);
CREATE INDEX series_shares ON series(place, measure, day, place_id, k, n, silent) WHERE spread = '';     -- all that a share needs
CREATE INDEX series_by_day ON series(day);
CREATE TABLE series_day (                 -- the days that have facts; not rolled: read from the facts themselves
  day BIGINT PRIMARY KEY, rolled BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX series_day_stale ON series_day(day) WHERE rolled = 0;
CREATE TABLE active (                     -- who was served lately, and who had a bad moment: the last of each
  place TEXT NOT NULL, place_id BIGINT NOT NULL, asker_id BIGINT NOT NULL,
  last_at BIGINT NOT NULL, bad_at BIGINT NOT NULL,
  PRIMARY KEY (place, place_id, asker_id)
);
CREATE INDEX active_last ON active(place, place_id, last_at);
CREATE TABLE bookmark (                   -- up to where something that follows along has come
  name TEXT PRIMARY KEY, at BIGINT NOT NULL
);
