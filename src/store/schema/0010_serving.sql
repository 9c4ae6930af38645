-- What serving took, added up by month, customer, team and service. desk/serving.h
ALTER TABLE fact ADD COLUMN month BIGINT NOT NULL DEFAULT 0;       -- in which it came: 12 * year + month - 1, UTC
ALTER TABLE fact ADD COLUMN messages BIGINT NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN acts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE fact ADD COLUMN written BIGINT NOT NULL DEFAULT -1;    -- minutes that somebody wrote down; -1: nobody did

CREATE TABLE serving (
  month BIGINT NOT NULL, organisation_id BIGINT NOT NULL, team_id BIGINT NOT NULL, service_id BIGINT NOT NULL,
  n BIGINT NOT NULL, messages BIGINT NOT NULL, acts BIGINT NOT NULL,       -- of requests of which nobody wrote minutes down: the equation speaks
  written_n BIGINT NOT NULL, written BIGINT NOT NULL,                      -- of the others: how many, and the minutes
  PRIMARY KEY (month, organisation_id, team_id, service_id)
);

-- Of those that are there. The month of a day by whole numbers alone (Hinnant, days and civil dates): the same on both stores.
UPDATE fact SET written = COALESCE((SELECT SUM(w.minutes) FROM work w WHERE w.request_id = fact.request_id), -1), (month, messages, acts) = (
  SELECT (y.era * 400 + y.yoe) * 12 + (5 * (y.doe - (365 * y.yoe + y.yoe / 4 - y.yoe / 100)) + 2) / 153 + 2, y.messages, y.acts
  FROM (SELECT x.era, x.doe, (x.doe - x.doe / 1460 + x.doe / 36524 - x.doe / 146096) / 365 AS yoe, x.messages, x.acts
    FROM (SELECT (r.created_at / 86400000000 + 719468) / 146097 AS era, (r.created_at / 86400000000 + 719468) % 146097 AS doe, r.messages, r.acts
      FROM request r WHERE r.id = fact.request_id) x) y);
INSERT INTO serving(month, organisation_id, team_id, service_id, n, messages, acts, written_n, written)
  SELECT f.month, f.organisation_id, f.team_id, f.service_id, SUM(CASE WHEN f.written < 0 THEN 1 ELSE 0 END), SUM(CASE WHEN f.written < 0 THEN f.messages ELSE 0 END),
    SUM(CASE WHEN f.written < 0 THEN f.acts ELSE 0 END), SUM(CASE WHEN f.written < 0 THEN 0 ELSE 1 END), SUM(CASE WHEN f.written < 0 THEN 0 ELSE f.written END)
  FROM fact f GROUP BY f.month, f.organisation_id, f.team_id, f.service_id;

-- People served lately, of all open teams together: nobody is counted twice, and nobody has to be looked for twice.
DROP INDEX active_last;
CREATE INDEX active_last ON active(place, place_id, last_at, bad_at, asker_id);
INSERT INTO active(place, place_id, asker_id, last_at, bad_at)
  SELECT 'house', 0, x.asker_id, MAX(x.last_at), MAX(x.bad_at) FROM active x
  WHERE x.place = 'team' AND x.place_id NOT IN (SELECT id FROM party WHERE closed = 1) GROUP BY x.asker_id;
DELETE FROM active WHERE place = 'organisation';        -- a team may have been closed since somebody was noted
INSERT INTO active(place, place_id, asker_id, last_at, bad_at)
  SELECT 'organisation', f.organisation_id, f.asker_id,
    MAX(CASE WHEN f.ended_at > f.since_at AND f.ended_at > f.heard_at THEN f.ended_at WHEN f.heard_at > f.since_at THEN f.heard_at ELSE f.since_at END), MAX(f.bad_at)
  FROM fact f WHERE f.organisation_id > 0 AND f.team_id NOT IN (SELECT id FROM party WHERE closed = 1) GROUP BY f.organisation_id, f.asker_id;

-- Cards, by the day on which they were asked. desk/card_day.h
CREATE TABLE card_day (
  instrument TEXT NOT NULL, day BIGINT NOT NULL,
  kind TEXT NOT NULL,                     -- 'channel' or 'organisation': each day stands here once for each
  team_id BIGINT NOT NULL, organisation_id BIGINT NOT NULL, channel TEXT NOT NULL,
  scores TEXT NOT NULL,                   -- "score:times score:times …", rising; -2 without an answer
  PRIMARY KEY (instrument, kind, day, team_id, organisation_id, channel)
);
CREATE INDEX card_words ON card(instrument, answered_at) WHERE words <> '';

-- Bad moments are added up by day too: each day once more, by the courier.
UPDATE series_day SET rolled = 0;
INSERT INTO series_day(day, rolled) SELECT DISTINCT at / 86400000000, 0 FROM moment WHERE 1 = 1 ON CONFLICT (day) DO NOTHING;

-- What is open, by customer: their page and the list of them count it from here alone.
CREATE INDEX request_open ON request(organisation_id, court, team_id, state, due_at, waiting_at, ball, id) WHERE court <> 'done';

-- A moment waits for their next verdict that says how it was: found without a look at all the others of somebody who asks often.
CREATE INDEX moment_next ON moment(asker_id, at) WHERE next_at = 0;
CREATE INDEX moment_spoken ON moment(spoken_at) WHERE spoken_at > 0;
CREATE INDEX moment_unjudged ON moment(asker_id) WHERE next_at > 0 AND recovered = -1;
CREATE INDEX verdict_says_so ON verdict(asked_of, answered_at, id) WHERE (against_bar <> '' OR sorted IN ('no', 'partly'));
