-- What a customer and the desk agree beyond single requests: bars, their promises to us, what serving costs, what it was worth.
-- party_id here is the organisation, or a person who stands for nobody else.

CREATE TABLE bar (                        -- a standing bar, set by the customer
  id @ID,
  party_id BIGINT NOT NULL REFERENCES party(id),
  service_id BIGINT REFERENCES service(id),       -- NULL: whatever they ask
  words TEXT NOT NULL,
  measure TEXT NOT NULL,                  -- 'hear': somebody answers, 'done': it is reported done, 'judged': they say whether it was met
  seconds BIGINT NOT NULL DEFAULT 0,      -- of hear and done, on their clock, which never stops
  promised BIGINT NOT NULL DEFAULT 0,     -- what we promised against it, seconds; 0: nothing yet. Of 'judged': 1 for as asked
  set_by BIGINT REFERENCES party(id),
  since BIGINT NOT NULL,
  ended_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX bar_by_party ON bar(party_id);

CREATE TABLE pledge (                     -- what the customer promised us: a thing, a way in, a decision
  id @ID,
  party_id BIGINT NOT NULL REFERENCES party(id),
  promiser_id BIGINT REFERENCES party(id),        -- who of them; NULL: erased
  request_id BIGINT REFERENCES request(id),
  words TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  made_by BIGINT REFERENCES party(id),
  made_at BIGINT NOT NULL,
  agreed_at BIGINT NOT NULL DEFAULT 0,    -- 0: written down by us, and they have not said yes
  done_at BIGINT NOT NULL DEFAULT 0,      -- kept if by due_at, else late
  ended_at BIGINT NOT NULL DEFAULT 0      -- let go by both: counts neither way
);
CREATE INDEX pledge_by_party ON pledge(party_id);
CREATE INDEX pledge_by_request ON pledge(request_id);

CREATE TABLE work (                       -- minutes that somebody wrote down. Of requests without any the equation speaks
  id @ID,
  request_id BIGINT NOT NULL REFERENCES request(id),
  who_id BIGINT REFERENCES party(id),
  minutes BIGINT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL
);
CREATE INDEX work_by_request ON work(request_id);

CREATE TABLE equation (                   -- minutes a request of a service takes: so many, and so many for each message and each act
  service_id BIGINT PRIMARY KEY REFERENCES service(id),
  per_request BIGINT NOT NULL, per_message BIGINT NOT NULL, per_act BIGINT NOT NULL
);

CREATE TABLE team_cost (                  -- capacity cost rate: cost / practical minutes
  team_id BIGINT PRIMARY KEY REFERENCES party(id),
  cost BIGINT NOT NULL,                   -- a month, in hundredths
  minutes BIGINT NOT NULL                 -- that the team can really work in a month
);

CREATE TABLE ledger (
  id @ID,
  party_id BIGINT NOT NULL REFERENCES party(id),
  kind TEXT NOT NULL CHECK (kind IN ('revenue','goods','cost','value')),
  amount BIGINT NOT NULL,                 -- hundredths
  currency TEXT NOT NULL,                 -- ISO 4217
  period TEXT NOT NULL,                   -- the month it belongs to: 2026-05
  request_id BIGINT REFERENCES request(id),
  words TEXT NOT NULL DEFAULT '',
  value_kind TEXT NOT NULL DEFAULT '',    -- 'profit', 'process', 'position'
  proposed_by BIGINT REFERENCES party(id),
  proposed_at BIGINT NOT NULL,
  confirmed_by BIGINT REFERENCES party(id),       -- value counts only when the customer said so
  confirmed_at BIGINT NOT NULL DEFAULT 0,
  refused_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX ledger_by_party ON ledger(party_id, kind, period);
CREATE INDEX ledger_by_request ON ledger(request_id);
