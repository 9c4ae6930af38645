-- What is being written, and words that are kept to be written again.

CREATE TABLE draft (                      -- words not sent yet. Seen by who wrote them, and by nobody else. desk/draft.h
  party_id BIGINT NOT NULL REFERENCES party(id),
  request_id BIGINT NOT NULL REFERENCES request(id),
  kind TEXT NOT NULL,                     -- 'reply', 'note', 'promise', 'counter', 'revoke', 'decline', 'keep'
  text TEXT NOT NULL DEFAULT '',
  due TEXT NOT NULL DEFAULT '',           -- as it was typed
  conditions TEXT NOT NULL DEFAULT '',
  where_else TEXT NOT NULL DEFAULT '',
  copies TEXT NOT NULL DEFAULT '',
  answers TEXT NOT NULL DEFAULT '',       -- saved answers put into it: "3,7"
  version BIGINT NOT NULL DEFAULT 0,      -- of the request, as the writer last saw it
  at BIGINT NOT NULL,
  thrown_at BIGINT NOT NULL DEFAULT 0,    -- thrown away; a day long it can be brought back
  PRIMARY KEY (party_id, request_id, kind)
);
CREATE INDEX draft_request ON draft(request_id);
CREATE INDEX draft_thrown ON draft(thrown_at) WHERE thrown_at > 0;

CREATE TABLE saved_answer (               -- desk/saved_answer.h
  id @ID,
  owner_id BIGINT REFERENCES party(id),   -- whose own it is; NULL: the team's
  team_id BIGINT REFERENCES party(id),
  title TEXT NOT NULL,
  words TEXT NOT NULL,                    -- with {{name}} and the like
  lang TEXT NOT NULL DEFAULT '',          -- '': any
  used BIGINT NOT NULL DEFAULT 0,         -- times sent, by whomever
  changed_at BIGINT NOT NULL,
  dropped_at BIGINT NOT NULL DEFAULT 0    -- taken away; 30 days long it can be brought back
);
CREATE INDEX saved_answer_owner ON saved_answer(owner_id);
CREATE INDEX saved_answer_team ON saved_answer(team_id);
