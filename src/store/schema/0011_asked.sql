-- A letter that asks whether a value line is true; what somebody wrote back to a card's mail.

CREATE TABLE worth_asked (                -- who was asked about a line the desk wrote down: each once. desk/worth_letter.h
  ledger_id BIGINT NOT NULL REFERENCES ledger(id),
  asked_of BIGINT NOT NULL REFERENCES party(id),
  asked_at BIGINT NOT NULL,               -- when the letter leaves: not before they have rested from being asked
  PRIMARY KEY (ledger_id, asked_of)
);
CREATE INDEX worth_asked_person ON worth_asked(asked_of, asked_at);

CREATE TABLE card_remark (                -- words in answer to a card's mail: kept with the card. desk/card_remark.h
  id @ID1,
  card_id BIGINT NOT NULL REFERENCES card(id),
  mail_id BIGINT REFERENCES mail(id),     -- as it came, with its files
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  request_id BIGINT REFERENCES request(id)        -- opened from these words, because something is to be done
);
CREATE INDEX card_remark_card ON card_remark(card_id, id);
CREATE TABLE card_remark_file (           -- files that came with them; they wait for a request
  remark_id BIGINT NOT NULL REFERENCES card_remark(id), attachment_id BIGINT NOT NULL REFERENCES attachment(id),
  PRIMARY KEY (remark_id, attachment_id)
);
