-- The desk's first tables. @ID, @ID1 (an id that never comes back, even when the newest row goes), @BYTES are spelled per
-- back end by store/migrate.c; all times are microseconds UTC.

CREATE TABLE setting (                    -- what the wizard and the back room set; what the command line sets is not here
  name TEXT PRIMARY KEY, value TEXT NOT NULL
);

-- ── people ──────────────────────────────────────────────────────────
CREATE TABLE calendar (
  id @ID,
  name TEXT NOT NULL,
  zone TEXT NOT NULL,                     -- IANA
  rules TEXT NOT NULL                     -- as `cornerdesk calc due` takes them: "mon-fri 09:00-17:00; closed 2024-04-01"
);

CREATE TABLE party (
  id @ID,
  kind TEXT NOT NULL CHECK (kind IN ('person','team','organisation')),
  name TEXT NOT NULL,
  say_name TEXT NOT NULL DEFAULT '',      -- how to say it: "AH-na SOH-za"
  pronouns TEXT NOT NULL DEFAULT '',
  title TEXT NOT NULL DEFAULT '',         -- "Quality lead, Porto"
  lang TEXT NOT NULL DEFAULT '',          -- BCP 47; '' = not known
  zone TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  organisation_id BIGINT REFERENCES party(id),
  calendar_id BIGINT REFERENCES calendar(id),   -- of a team
  closed BIGINT NOT NULL DEFAULT 0,       -- a team nobody outside may read, leaders of the house included
  about TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  disabled_at BIGINT NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX party_by_kind ON party(kind, name);
CREATE INDEX party_by_organisation ON party(organisation_id);
CREATE INDEX party_closed ON party(id) WHERE closed = 1;

CREATE TABLE address (                    -- one person, many addresses
  id @ID,
  party_id BIGINT NOT NULL REFERENCES party(id),
  kind TEXT NOT NULL DEFAULT 'mail',
  value TEXT NOT NULL,                    -- lower case
  main BIGINT NOT NULL DEFAULT 0,         -- where we write to
  verified_at BIGINT NOT NULL DEFAULT 0,
  refused_until BIGINT NOT NULL DEFAULT 0,  -- a hard bounce: no mail goes there until then
  created_at BIGINT NOT NULL,
  UNIQUE (kind, value)
);
CREATE INDEX address_by_party ON address(party_id, main DESC, id);     -- in the order in which one is chosen

-- Who stands how to whom. serves, leads: person to team (leads: also to an organisation: reads all its open teams).
-- employs: organisation to person. reads: person to organisation whose requests they may read. administers: person to
-- the house. supplies: organisation to team.
CREATE TABLE relationship (
  id @ID,
  from_id BIGINT NOT NULL REFERENCES party(id),
  to_id BIGINT NOT NULL REFERENCES party(id),
  kind TEXT NOT NULL CHECK (kind IN ('serves','leads','supplies','employs','reads','administers')),
  since BIGINT NOT NULL,
  UNIQUE (from_id, kind, to_id)
);
CREATE INDEX relationship_to ON relationship(to_id, kind);
CREATE INDEX relationship_administers ON relationship(from_id) WHERE kind = 'administers';   -- is this desk set up?

CREATE TABLE password (
  party_id BIGINT PRIMARY KEY REFERENCES party(id),
  hash TEXT NOT NULL,                     -- argon2id, libsodium's string form
  set_at BIGINT NOT NULL
);
CREATE TABLE session (                    -- a signed-in browser
  id @ID,
  party_id BIGINT NOT NULL REFERENCES party(id),
  token_hash TEXT NOT NULL UNIQUE,
  browser TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, ends_at BIGINT NOT NULL
);
CREATE INDEX session_by_party ON session(party_id);
CREATE TABLE signin_link (                -- a link sent by mail: once, for fifteen minutes
  token_hash TEXT PRIMARY KEY,
  party_id BIGINT NOT NULL REFERENCES party(id),
  made_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, used_at BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE token (                      -- a program's key: acts as its person
  id @ID,
  party_id BIGINT NOT NULL REFERENCES party(id),
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL, used_at BIGINT NOT NULL DEFAULT 0, ended_at BIGINT NOT NULL DEFAULT 0
);

-- ── the loop ────────────────────────────────────────────────────────
CREATE TABLE service (
  id @ID,
  name TEXT NOT NULL,
  promise TEXT NOT NULL DEFAULT '',       -- the experience it promises, in words
  team_id BIGINT NOT NULL REFERENCES party(id),
  calendar_id BIGINT REFERENCES calendar(id),
  hear_within BIGINT NOT NULL,            -- working seconds until somebody answers
  words TEXT NOT NULL DEFAULT '',         -- words that lead a question here when the asker chose nothing
  position BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE request (                    -- one row is one line of an inbox: narrow, denormalised
  id @ID1,
  kind TEXT NOT NULL DEFAULT 'help',
  subject TEXT NOT NULL,
  excerpt TEXT NOT NULL DEFAULT '',       -- the beginning of the last public message
  asker_id BIGINT NOT NULL REFERENCES party(id),
  organisation_id BIGINT REFERENCES party(id),
  service_id BIGINT REFERENCES service(id),
  team_id BIGINT NOT NULL REFERENCES party(id),
  owner_id BIGINT REFERENCES party(id),
  parent_id BIGINT REFERENCES request(id),
  after_id BIGINT REFERENCES request(id), -- opened by a late message to that one
  state TEXT NOT NULL,
  ball TEXT NOT NULL,                     -- 'provider', 'customer' or ''
  court TEXT NOT NULL,                    -- 'us', 'them', 'done': what lists and counters go by
  version BIGINT NOT NULL DEFAULT 1,      -- goes up with every change anybody can see
  messages BIGINT NOT NULL DEFAULT 0,
  acts BIGINT NOT NULL DEFAULT 0,         -- how many, and the hash of the last: nobody can cut the chain's end off unseen
  head TEXT NOT NULL DEFAULT '',
  rework BIGINT NOT NULL DEFAULT 0,
  promise_id BIGINT,                      -- in force, or last in force
  outcome TEXT NOT NULL DEFAULT '',       -- '', 'kept', 'broken', 'renegotiated', 'silent': the rule is in desk/loop.h
  due_at BIGINT NOT NULL DEFAULT 0,       -- by when the asker must hear or have: the promise's, else hear_at
  hear_at BIGINT NOT NULL DEFAULT 0,      -- what the acknowledgement said
  since_at BIGINT NOT NULL,               -- the asker's clock starts: first attempt on any channel
  waiting_at BIGINT NOT NULL DEFAULT 0,   -- since when the side with the ball has it
  reported_at BIGINT NOT NULL DEFAULT 0,
  ended_at BIGINT NOT NULL DEFAULT 0,
  bar_by BIGINT NOT NULL DEFAULT 0,       -- the asker's own bar: by when,
  bar_told TEXT NOT NULL DEFAULT '',      -- how they want to be told,
  bar_good TEXT NOT NULL DEFAULT '',      -- what good looks like
  person_asked BIGINT NOT NULL DEFAULT 0, -- "I would like to talk to a person", and when
  channel TEXT NOT NULL DEFAULT 'page',
  lang TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);
CREATE INDEX request_court ON request(court, due_at, id) WHERE court <> 'done';
CREATE INDEX request_team ON request(team_id, court, due_at, id) WHERE court <> 'done';
CREATE INDEX request_owner ON request(owner_id, court, due_at, id) WHERE court <> 'done';
CREATE INDEX request_asker ON request(asker_id, updated_at, id);
CREATE INDEX request_organisation ON request(organisation_id, updated_at, id);
CREATE INDEX request_updated ON request(updated_at, id);

CREATE TABLE act (                        -- append only. hash covers every other column and the hash before it
  id @ID,                                 -- since 0003: request_id * 2^20 + seq
  request_id BIGINT NOT NULL REFERENCES request(id),
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  side TEXT NOT NULL,                     -- 'customer', 'provider', 'system'
  by_id BIGINT REFERENCES party(id),
  by_kind TEXT NOT NULL,                  -- 'human' or 'auto'
  channel TEXT NOT NULL,
  at BIGINT NOT NULL,
  state TEXT NOT NULL, ball TEXT NOT NULL,   -- after it
  due_at BIGINT NOT NULL DEFAULT 0,       -- the hour it carries
  body TEXT NOT NULL,                     -- JSON: what was said with it, its conditions and its hour
  prev_hash TEXT NOT NULL, hash TEXT NOT NULL,
  UNIQUE (request_id, seq)
);

CREATE TABLE promise (
  id @ID,
  request_id BIGINT NOT NULL REFERENCES request(id),
  version BIGINT NOT NULL,
  state TEXT NOT NULL,                    -- 'offered', 'in force', 'replaced', 'kept', 'broken', 'renegotiated', 'withdrawn', 'refused', 'silent'
  promiser_id BIGINT REFERENCES party(id),
  due_at BIGINT NOT NULL,
  zone TEXT NOT NULL DEFAULT '',
  conditions TEXT NOT NULL DEFAULT '[]',  -- JSON: ["…"]
  words TEXT NOT NULL DEFAULT '',
  offered_at BIGINT NOT NULL,
  from_at BIGINT NOT NULL DEFAULT 0, until_at BIGINT NOT NULL DEFAULT 0,   -- in force
  tzdata TEXT NOT NULL DEFAULT '',        -- the zone rules it was reckoned with
  UNIQUE (request_id, version)
);

CREATE TABLE participant (
  request_id BIGINT NOT NULL REFERENCES request(id),
  party_id BIGINT NOT NULL REFERENCES party(id),
  role TEXT NOT NULL DEFAULT 'copy',      -- 'copy' reads and writes along, 'helper' works along
  since BIGINT NOT NULL,
  PRIMARY KEY (request_id, party_id)
);
CREATE INDEX participant_party ON participant(party_id, request_id);
CREATE TABLE tag (
  request_id BIGINT NOT NULL REFERENCES request(id), word TEXT NOT NULL,
  PRIMARY KEY (request_id, word)
);
CREATE INDEX tag_word ON tag(word, request_id);
CREATE TABLE snooze (                     -- personal: hides, never stops a clock
  party_id BIGINT NOT NULL REFERENCES party(id), request_id BIGINT NOT NULL REFERENCES request(id), until_at BIGINT NOT NULL,
  PRIMARY KEY (party_id, request_id)
);
CREATE TABLE seen (                       -- up to which version a person has read a request
  party_id BIGINT NOT NULL REFERENCES party(id), request_id BIGINT NOT NULL REFERENCES request(id), version BIGINT NOT NULL,
  PRIMARY KEY (party_id, request_id)
);
CREATE TABLE tally (                      -- counters of the lists, kept in the transaction that moves a request
  team_id BIGINT NOT NULL, owner_id BIGINT NOT NULL, court TEXT NOT NULL,
  slot BIGINT NOT NULL DEFAULT 0,         -- each connection counts in a row of its own, lest all writers wait for one
  n BIGINT NOT NULL,                      -- the count is the sum over the slots
  PRIMARY KEY (team_id, owner_id, court, slot)
);

-- ── words ───────────────────────────────────────────────────────────
CREATE TABLE message (
  id @ID,
  request_id BIGINT NOT NULL REFERENCES request(id),
  at BIGINT NOT NULL,
  author_id BIGINT REFERENCES party(id),
  author_kind TEXT NOT NULL DEFAULT 'human',  -- or 'auto'
  side TEXT NOT NULL,                     -- 'customer', 'provider', 'other'
  visibility TEXT NOT NULL DEFAULT 'public',  -- or 'internal'
  channel TEXT NOT NULL,
  act_seq BIGINT NOT NULL DEFAULT 0,      -- said with that act
  mail_id BIGINT NOT NULL DEFAULT 0,      -- came as that mail
  trusted BIGINT NOT NULL DEFAULT 1,      -- 0: the sender could not be made sure of
  lang TEXT NOT NULL DEFAULT '',
  files BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX message_request ON message(request_id, id);
CREATE TABLE message_body (
  message_id BIGINT PRIMARY KEY REFERENCES message(id),
  format TEXT NOT NULL DEFAULT 'markdown',  -- or 'plain'
  text TEXT NOT NULL,
  reply_end BIGINT NOT NULL DEFAULT -1,   -- byte where quoted history begins; -1: nothing is quoted. Nothing is ever cut off
  html TEXT NOT NULL DEFAULT ''           -- cleaned; '' if the message had none
);
CREATE TABLE blob (                       -- files and raw mail, each once, by content
  hash TEXT PRIMARY KEY,                  -- SHA-256, hex
  size BIGINT NOT NULL,
  bytes @BYTES NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE attachment (
  id @ID,
  request_id BIGINT REFERENCES request(id),
  message_id BIGINT REFERENCES message(id),
  name TEXT NOT NULL, type TEXT NOT NULL, size BIGINT NOT NULL,
  hash TEXT NOT NULL REFERENCES blob(hash),
  cid TEXT NOT NULL DEFAULT '',
  by_id BIGINT REFERENCES party(id),      -- who brought it: until a message takes it along it is theirs alone; NULL: our software
  created_at BIGINT NOT NULL
);
CREATE INDEX attachment_message ON attachment(message_id);
CREATE INDEX attachment_request ON attachment(request_id);

CREATE TABLE touch (                      -- what happened around the loop: moved, taken, tagged, read
  id @ID,
  request_id BIGINT NOT NULL REFERENCES request(id),
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,                     -- 'owner', 'team', 'tag', 'person', 'subject', 'bounce', 'merge', …
  by_id BIGINT REFERENCES party(id),
  about_id BIGINT REFERENCES party(id),
  words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX touch_request ON touch(request_id, id);

CREATE TABLE verdict (
  id @ID,
  request_id BIGINT NOT NULL REFERENCES request(id),
  report_seq BIGINT NOT NULL,             -- the report it answers
  asked_of BIGINT NOT NULL REFERENCES party(id),
  asked_at BIGINT NOT NULL,
  answered_at BIGINT NOT NULL DEFAULT 0,
  sorted TEXT NOT NULL DEFAULT '',        -- 'yes', 'partly', 'no'
  ease BIGINT NOT NULL DEFAULT 0,         -- 1…7, 0 not answered
  against_bar TEXT NOT NULL DEFAULT '',   -- 'below', 'at', 'above'
  lost_minutes BIGINT NOT NULL DEFAULT -1,
  moment TEXT NOT NULL DEFAULT '',        -- worth remembering, good or bad
  words TEXT NOT NULL DEFAULT '',
  nameless BIGINT NOT NULL DEFAULT 0,
  channel TEXT NOT NULL DEFAULT '',
  UNIQUE (request_id, report_seq)
);
CREATE INDEX verdict_person ON verdict(asked_of, answered_at);

-- ── memory ──────────────────────────────────────────────────────────
CREATE TABLE memory (
  id @ID,
  about_id BIGINT NOT NULL REFERENCES party(id),
  kind TEXT NOT NULL,                     -- 'preference', 'interest', 'behaviour', 'accommodation', 'history', 'promise'
  words TEXT NOT NULL,
  source TEXT NOT NULL,                   -- 'told', 'observed', 'inferred'
  by_id BIGINT REFERENCES party(id),      -- who wrote it down
  request_id BIGINT REFERENCES request(id),
  team_id BIGINT REFERENCES party(id),    -- not NULL: only this team sees it
  created_at BIGINT NOT NULL, confirmed_at BIGINT NOT NULL, ends_at BIGINT NOT NULL DEFAULT 0,
  used BIGINT NOT NULL DEFAULT 0, used_at BIGINT NOT NULL DEFAULT 0,
  erased_at BIGINT NOT NULL DEFAULT 0, tombstone TEXT NOT NULL DEFAULT ''
);
CREATE INDEX memory_about ON memory(about_id);
CREATE TABLE consent (
  party_id BIGINT NOT NULL REFERENCES party(id),
  scope TEXT NOT NULL,                    -- 'memory', 'verdicts', 'invitations'
  state TEXT NOT NULL,                    -- 'yes', 'no'
  at BIGINT NOT NULL,
  PRIMARY KEY (party_id, scope)
);

-- ── mail ────────────────────────────────────────────────────────────
CREATE TABLE mailbox (
  id @ID,
  address TEXT NOT NULL UNIQUE,           -- lower case
  url TEXT NOT NULL DEFAULT '',           -- imap:// or imaps://, without name and password; '' = fed by mail-in only
  account TEXT NOT NULL DEFAULT '', secret TEXT NOT NULL DEFAULT '',   -- the secret is sealed with the site's key
  team_id BIGINT REFERENCES party(id),
  uidvalidity BIGINT NOT NULL DEFAULT 0, uid BIGINT NOT NULL DEFAULT 0,
  looked_at BIGINT NOT NULL DEFAULT 0, got_at BIGINT NOT NULL DEFAULT 0,
  fault TEXT NOT NULL DEFAULT '', faults BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE mail (                       -- every message that ever arrived, and what became of it
  id @ID,
  mailbox TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL,
  size BIGINT NOT NULL,
  hash TEXT NOT NULL REFERENCES blob(hash),
  uidvalidity BIGINT NOT NULL DEFAULT 0, uid BIGINT NOT NULL DEFAULT 0,
  message_id TEXT NOT NULL DEFAULT '', from_mail TEXT NOT NULL DEFAULT '', from_name TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL DEFAULT '',
  outcome TEXT NOT NULL DEFAULT 'new',    -- 'new', 'request', 'reply', 'verdict', 'held', 'suppressed', 'duplicate', 'quarantined'
  reason TEXT NOT NULL DEFAULT '',
  request_id BIGINT REFERENCES request(id),
  message BIGINT REFERENCES message(id),
  attempts BIGINT NOT NULL DEFAULT 0,
  done_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX mail_at ON mail(at, outcome);
CREATE INDEX mail_outcome ON mail(outcome, id);
CREATE INDEX mail_same ON mail(message_id, hash);
CREATE INDEX mail_request ON mail(request_id, id) WHERE request_id IS NOT NULL;
CREATE UNIQUE INDEX mail_uid ON mail(mailbox, uidvalidity, uid) WHERE uid > 0;
CREATE TABLE mail_ref (                   -- every Message-ID ever seen, sent, or named in References
  message_id TEXT PRIMARY KEY,            -- without angle brackets
  request_id BIGINT NOT NULL REFERENCES request(id),
  outbox_id BIGINT NOT NULL DEFAULT 0,
  own BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX mail_ref_request ON mail_ref(request_id);
CREATE TABLE outbox (
  id @ID,
  request_id BIGINT REFERENCES request(id),
  message BIGINT REFERENCES message(id),
  kind TEXT NOT NULL,                     -- 'reply', 'acknowledgement', 'verdict', 'reminder', 'notice', 'signin', 'test'
  to_id BIGINT REFERENCES party(id),
  to_mail TEXT NOT NULL, to_name TEXT NOT NULL DEFAULT '', cc TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,        -- made once; every try carries the same
  auto BIGINT NOT NULL DEFAULT 0,         -- written by software: null envelope sender, Auto-Submitted
  extra TEXT NOT NULL DEFAULT '',         -- what the words need besides: which act, a sign-in link
  hash TEXT REFERENCES blob(hash),        -- the message as it was written, once: every try sends the same
  state TEXT NOT NULL DEFAULT 'waiting',  -- 'waiting', 'sent', 'failed', 'stopped', 'called back', 'sample'
  attempts BIGINT NOT NULL DEFAULT 0,
  next_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL DEFAULT 0,
  fault TEXT NOT NULL DEFAULT '', via TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL, sent_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_waiting ON outbox(next_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_request ON outbox(request_id);
CREATE INDEX outbox_state ON outbox(state, id);
CREATE INDEX outbox_to ON outbox(to_mail, created_at, auto);

-- ── machinery ───────────────────────────────────────────────────────
CREATE TABLE job (
  id @ID1,
  kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL DEFAULT '',
  due_at BIGINT NOT NULL, lease_until BIGINT NOT NULL DEFAULT 0,
  attempts BIGINT NOT NULL DEFAULT 0, fault TEXT NOT NULL DEFAULT '', created_at BIGINT NOT NULL
);
CREATE INDEX job_due ON job(due_at, id);
CREATE INDEX job_kind ON job(kind, due_at, id);
CREATE INDEX job_leased ON job(lease_until) WHERE lease_until > 0;
CREATE TABLE change (                     -- what live pages and /api/v1/events follow
  id @ID1,
  at BIGINT NOT NULL, request_id BIGINT NOT NULL, kind TEXT NOT NULL, visibility TEXT NOT NULL DEFAULT 'public'
);
CREATE TABLE idempotency (                -- an Idempotency-Key and what was answered to it, for 24 hours
  party_id BIGINT NOT NULL, key TEXT NOT NULL,
  call TEXT NOT NULL, body_hash TEXT NOT NULL,
  status BIGINT NOT NULL, answer TEXT NOT NULL, location TEXT NOT NULL, etag TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (party_id, key)
);
