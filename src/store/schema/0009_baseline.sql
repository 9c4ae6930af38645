-- Control charts, and the weekly letter.

CREATE TABLE baseline (                   -- how it was when somebody said: from here on we look for change. desk/control.h
  id @ID1,
  measure TEXT NOT NULL,
  scope TEXT NOT NULL,                    -- of what: 'team:3', 'teams:3,5', 'organisation:7'
  unit TEXT NOT NULL,                     -- 'day', 'week', 'month'
  from_at BIGINT NOT NULL, to_at BIGINT NOT NULL,     -- the points it stands on; to_at is not in it
  points BIGINT NOT NULL,
  centre DOUBLE PRECISION NOT NULL, mr_centre DOUBLE PRECISION NOT NULL,      -- share, or µs; and the mean step from point to point
  lower DOUBLE PRECISION NOT NULL, upper DOUBLE PRECISION NOT NULL, mr_upper DOUBLE PRECISION NOT NULL,
  locked_by BIGINT NOT NULL REFERENCES party(id),
  at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0      -- another took its place; it stays to be seen
);
CREATE INDEX baseline_of ON baseline(measure, scope, unit, id);

CREATE TABLE letter_week (                -- which week's letter was written to whom: once, whatever is started anew
  party_id BIGINT NOT NULL REFERENCES party(id), monday BIGINT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (party_id, monday)
);

CREATE TABLE series_hour (                -- the same, hour by hour: a day of somebody's zone is not a day of UTC
  place TEXT NOT NULL, place_id BIGINT NOT NULL, measure TEXT NOT NULL, day BIGINT NOT NULL,
  hours TEXT NOT NULL,
  PRIMARY KEY (place, measure, day, place_id)
);
CREATE INDEX series_hour_by_day ON series_hour(day);
CREATE INDEX fact_since ON fact(since_at, team_id);             -- when people come, by team and hour
UPDATE series_day SET rolled = 0;                               -- so they are added up anew

-- The floor: who waits longest, who asked for a hand, what somebody said.
CREATE INDEX request_waiting ON request(waiting_at, team_id, asker_id) WHERE court = 'us';
CREATE INDEX touch_hand ON touch(at) WHERE kind = 'hand';
CREATE INDEX verdict_good ON verdict(answered_at) WHERE moment_kind = 'good' AND moment <> '';
