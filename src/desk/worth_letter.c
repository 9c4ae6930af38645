/* desk/worth_letter.c: see worth_letter.h. */
#include "desk/worth_letter.h"
#include "desk/card.h"
#include "desk/link.h"
#include "desk/memory.h"
#include "desk/outbox.h"
#include "desk/site.h"

#define PURPOSE "worthlnk"

/* ── whom it goes to ─────────────────────────────────────────────────── */

static Err may_ask(Cx *cx, int64_t person, bool *ret) {
  int64_t mail;
  bool wanted;
  TRY(consent_get(cx, person, S("verdicts"), &wanted));
  TRY(db_int(cx, &mail, SQL("SELECT COUNT(*) FROM party p JOIN address a ON a.party_id = p.id WHERE p.id = ?1 AND p.disabled_at = 0 AND a.kind = 'mail' AND a.refused_until < ?2"),
             V(person), V(cx->now)));
  *ret = wanted && mail > 0;
  return E_OK;
}

static Str extra_of(Cx *cx, int64_t line) { return str_fmt(cx->arena, "{\"line\":%lld}", (long long)line); }

static Err ask(Cx *cx, int64_t line, int64_t person, Str subject) {
  int64_t at, fresh, out;
  bool may;
  TRY(may_ask(cx, person, &may));
  if (!may || person == cx->actor.party) return E_OK;
  TRY(card_rested_at(cx, person, &at));
  if (at < cx->now) at = cx->now;
  TRY(db_run_n(cx, &fresh, SQL("INSERT INTO worth_asked(ledger_id, asked_of, asked_at) VALUES (?1, ?2, ?3) ON CONFLICT (ledger_id, asked_of) DO NOTHING"), V(line), V(person), V(at)));
  if (!fresh) return E_OK;
  return outbox_put(cx, &(OutboxNew){ .kind = S("worth"), .to_id = person, .subject = subject, .auto_ = true, .delay = at - cx->now, .extra = extra_of(cx, line) }, &out);
}

Err worth_letter_put(Cx *cx, const Customer *c, int64_t line) {
  Rows speakers;
  if (c->person) return ask(cx, line, c->who.id, c->who.name);
  TRY(relationship_from(cx, S("reads"), c->who.id, &speakers));
  for (size_t i = 0; i < speakers.n; i++) TRY(ask(cx, line, ROW(Party, speakers, i)->id, c->who.name));
  return E_OK;
}

Err worth_letter_let_go(Cx *cx, int64_t line) {
  return db_run(cx, SQL("UPDATE outbox SET state = 'called back', fault = 'It was answered on the page.' WHERE kind = 'worth' AND state = 'waiting' AND lease_until < ?2 AND extra = ?1"),
                V(extra_of(cx, line)), V(cx->now));
}

/* ── what it opens ───────────────────────────────────────────────────── */

Err worth_letter_get(Cx *cx, int64_t line, int64_t person, WorthAsked *ret) {
  typedef struct { int64_t asked_at, party_id; Str customer; } Asked;
  static const Col cols[] = { COL(Asked, asked_at), COL(Asked, party_id), COL(Asked, customer) };
  static const Shape shape = SHAPE(Asked, cols);
  Asked a;
  *ret = (WorthAsked){ .person = person };
  Err e = db_one(cx, &shape, &a,
    SQL("SELECT w.asked_at, l.party_id, c.name AS customer FROM worth_asked w JOIN ledger l ON l.id = w.ledger_id JOIN party c ON c.id = l.party_id"
        " JOIN party p ON p.id = w.asked_of AND p.disabled_at = 0 WHERE w.ledger_id = ?1 AND w.asked_of = ?2"
        " AND (l.party_id = ?2 OR EXISTS (SELECT 1 FROM relationship e WHERE e.from_id = ?2 AND e.kind = 'reads' AND e.to_id = l.party_id))"), V(line), V(person));
  if (e) return e == E_ABSENT ? fail(cx, e, N_("This link was not copied whole, or it is not yours to answer any more.")) : e;
  ret->asked_at = a.asked_at;
  ret->customer = a.customer;
  ret->own = a.party_id == person;
  return worth_line(cx, line, &ret->line);
}

Str worth_letter_token(Cx *cx, int64_t line, int64_t person) {
  Str what = str_fmt(cx->arena, "%lld.%lld", (long long)line, (long long)person);
  return str_cat(cx->arena, what, S("-"), site_sign(cx->arena, cx->site, PURPOSE, what));
}

Err worth_letter_open(Cx *cx, Str token, WorthAsked *ret) {
  Str what, sign, one, two;
  int64_t line, person;
  if (!str_cut(token, '-', &what, &sign) || !site_signed(cx->site, PURPOSE, what, sign) || !str_cut(what, '.', &one, &two) || !str_int(one, &line) || !str_int(two, &person))
    return fail(cx, E_ABSENT, N_("This link was not copied whole. Open it from the mail once more."));
  TRY(worth_letter_get(cx, line, person, ret));
  if (cx->now >= ret->asked_at + cx->site->link_life) return fail(cx, E_ABSENT, N_("This link is too old. What was written down stands on your page with us."));
  cx->actor = (Actor){ .party = person, .only_request = LINK_NO_REQUEST };
  return E_OK;
}

Err worth_letter_answer(Cx *cx, const WorthAsked *a, bool yes) {
  if (cx->actor.party != a->person) return fail(cx, E_DENIED, N_("Only the customer says what it was worth to them."));
  return worth_settle(cx, a->line.id, yes);
}
