/* desk/worth.c: see worth.h. The map is drawn in worth_map.c. */
#include "desk/worth.h"
#include "desk/message.h"
#include "desk/setting.h"
#include "desk/sight.h"
#include "desk/worth_letter.h"

static const Col ledger_cols[] = {
  COL(LedgerLine, id), COL(LedgerLine, party_id), COL(LedgerLine, amount), COL(LedgerLine, request_id), COL(LedgerLine, proposed_by), COL(LedgerLine, proposed_at),
  COL(LedgerLine, confirmed_by), COL(LedgerLine, confirmed_at), COL(LedgerLine, refused_at), COL(LedgerLine, kind), COL(LedgerLine, currency), COL(LedgerLine, period),
  COL(LedgerLine, words), COL(LedgerLine, value_kind), COL(LedgerLine, proposer), COL(LedgerLine, confirmer),
};
static const Shape ledger_shape = SHAPE(LedgerLine, ledger_cols);
#define LEDGER_COLS "l.id, l.party_id, l.amount, l.request_id, l.proposed_by, l.proposed_at, l.confirmed_by, l.confirmed_at, l.refused_at, l.kind, l.currency, l.period, l.words," \
  " l.value_kind, (SELECT p.name FROM party p WHERE p.id = l.proposed_by) AS proposer, (SELECT p.name FROM party p WHERE p.id = l.confirmed_by) AS confirmer"
#define IN_SIGHT "(l.request_id IS NULL OR EXISTS (SELECT 1 FROM request r WHERE r.id = l.request_id AND " SIGHT "))"

/* ── what it was worth to them ───────────────────────────────────────── */

static Err count(Cx *cx, const Customer *c, Sql sql, int64_t *ret) { return db_int(cx, ret, sql, SIGHT_VALS(cx), V(c->who.id)); }

Err worth_list(Cx *cx, const Customer *c, Worth *ret) {
  *ret = (Worth){ 0 };
  TRY(db_rows(cx, &ledger_shape, &ret->confirmed, SQL("SELECT " LEDGER_COLS " FROM ledger l WHERE " IN_SIGHT " AND l.party_id = ?3 AND l.kind = 'value' AND l.confirmed_at > 0"
                                                      " ORDER BY l.confirmed_at DESC, l.id DESC LIMIT 12"), SIGHT_VALS(cx), V(c->who.id)));
  TRY(db_rows(cx, &ledger_shape, &ret->waiting, SQL("SELECT " LEDGER_COLS " FROM ledger l WHERE " IN_SIGHT " AND l.party_id = ?3 AND l.kind = 'value' AND l.confirmed_at = 0 AND l.refused_at = 0"
                                                    " ORDER BY l.id DESC LIMIT 12"), SIGHT_VALS(cx), V(c->who.id)));
  TRY(count(cx, c, SQL("SELECT COUNT(*) FROM ledger l WHERE " IN_SIGHT " AND l.party_id = ?3 AND l.kind = 'value' AND l.confirmed_at > 0"), &ret->confirmed_n));
  return count(cx, c, SQL("SELECT COUNT(*) FROM ledger l WHERE " IN_SIGHT " AND l.party_id = ?3 AND l.kind = 'value' AND l.confirmed_at = 0 AND l.refused_at = 0"), &ret->waiting_n);
}

Err worth_at(Cx *cx, int64_t request_id, Rows *ret) {
  return db_rows(cx, &ledger_shape, ret, SQL("SELECT " LEDGER_COLS " FROM ledger l WHERE l.request_id = ?3 AND l.kind = 'value' AND l.confirmed_at = 0 AND l.refused_at = 0"
                                             " AND EXISTS (SELECT 1 FROM request r WHERE r.id = l.request_id AND " SIGHT ") ORDER BY l.id"), SIGHT_VALS(cx), V(request_id));
}

static bool value_kind_known(Str k) { return str_eq(k, S("profit")) || str_eq(k, S("process")) || str_eq(k, S("position")); }

static Str month_of(Cx *cx) {
  int y, m, d;
  clock_civil(cx->now / DAY, &y, &m, &d);
  return str_fmt(cx->arena, "%04d-%02d", y, m);
}

static Err must_be_money(Cx *cx, int64_t amount) {
  return amount >= 0 && amount <= INT64_C(100000000000000) ? E_OK : fail_field(cx, "amount", N_("Write the amount as a number, not below 0."));
}

static bool currency_ok(Str s) {
  for (size_t i = 0; i < s.n; i++) if (s.p[i] < 'A' || s.p[i] > 'Z') return false;
  return s.n == 3;
}

static Err put(Cx *cx, const LedgerLine *in, bool confirmed, int64_t *ret_id) {
  WorthRules rules;
  if (!str_trim(in->words).n) return fail_field(cx, "worth", N_("Say in a sentence what it was worth."));
  if (in->words.n > 500) return fail_field(cx, "worth", N_("A sentence is enough; this is too long."));
  if (!value_kind_known(in->value_kind)) return fail_field(cx, "value_kind", N_("Choose what it did: for their profit, their way of working, or their place in the market."));
  TRY(must_be_money(cx, in->amount));
  TRY(worth_rules(cx, &rules));
  Str currency = in->currency.n ? in->currency : rules.currency;
  if (!currency_ok(currency)) return fail_field(cx, "currency", N_("Write the currency in three letters, like EUR."));
  return db_int(cx, ret_id, SQL("INSERT INTO ledger(party_id, kind, amount, currency, period, request_id, words, value_kind, proposed_by, proposed_at, confirmed_by, confirmed_at)"
                                " VALUES (?1, 'value', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id"),
                V(in->party_id), V(in->amount), V(currency), V(month_of(cx)), VID(in->request_id), V(str_trim(in->words)), V(in->value_kind), VID(cx->actor.party), V(cx->now),
                VID(confirmed ? cx->actor.party : (int64_t)0), V(confirmed ? cx->now : (int64_t)0));
}

Err worth_propose(Cx *cx, const Customer *c, const LedgerLine *in, int64_t *ret_id) {
  LedgerLine l = *in;
  Request r;
  if (!c->theirs && !c->serves) return fail(cx, E_DENIED, N_("Only the customer and the desk write down what something was worth."));
  if (in->request_id) {
    TRY(request_get(cx, in->request_id, &r));
    if ((c->person ? r.asker_id : r.organisation_id) != c->who.id) return fail_field(cx, "request", N_("That conversation is not with this customer."));
  }
  l.party_id = c->who.id;
  TRY(put(cx, &l, c->theirs, ret_id));
  return c->theirs || in->request_id ? E_OK : worth_letter_put(cx, c, *ret_id);
}

Err worth_ask(Cx *cx, Request *r, const LedgerLine *in, Str say, int64_t *ret_id) {
  LedgerLine l = *in;
  Party team;
  int64_t message;
  TRY(request_must_serve(cx, r));
  TRY(party_get(cx, r->team_id, &team));
  l.party_id = r->organisation_id && !team.closed ? r->organisation_id : r->asker_id;
  l.request_id = r->id;
  TRY(put(cx, &l, false, ret_id));
  return message_new(cx, r, &(MessageNew){ .text = say, .format = S("markdown") }, &message);
}

/* The customer's word: who asked that request (by a mailed link as well), or who speaks for them. */
static Err speaks(Cx *cx, const LedgerLine *l, bool *ret) {
  int64_t n = 0;
  *ret = l->party_id == cx->actor.party && !cx->actor.only_request;
  if (!*ret && l->request_id) TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM request r WHERE " SIGHT " AND r.id = ?3 AND r.asker_id = ?1"), SIGHT_VALS(cx), V(l->request_id)));
  if (!*ret && !n && !cx->actor.only_request)
    TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM relationship WHERE from_id = ?1 AND kind = 'reads' AND to_id = ?2"), V(cx->actor.party), V(l->party_id)));
  *ret = *ret || n > 0;
  return E_OK;
}

Err worth_answer(Cx *cx, int64_t id, bool yes) {
  LedgerLine l;
  bool may;
  Err e = db_one(cx, &ledger_shape, &l, SQL("SELECT " LEDGER_COLS " FROM ledger l WHERE " IN_SIGHT " AND l.id = ?3 AND l.kind = 'value' AND l.confirmed_at = 0 AND l.refused_at = 0"),
                 SIGHT_VALS(cx), V(id));
  if (e) return e == E_ABSENT ? fail(cx, e, N_("There is nothing to confirm any more.")) : e;
  TRY(speaks(cx, &l, &may));
  if (!may) return fail(cx, E_DENIED, N_("Only the customer says what it was worth to them."));
  return worth_settle(cx, id, yes);
}

Err worth_line(Cx *cx, int64_t id, LedgerLine *ret) {
  return db_one(cx, &ledger_shape, ret, SQL("SELECT " LEDGER_COLS " FROM ledger l WHERE l.id = ?1 AND l.kind = 'value'"), V(id));
}

Err worth_settle(Cx *cx, int64_t id, bool yes) {
  int64_t n;
  if (yes) TRY(db_run_n(cx, &n, SQL("UPDATE ledger SET confirmed_by = ?2, confirmed_at = ?3 WHERE id = ?1 AND confirmed_at = 0 AND refused_at = 0"), V(id), VID(cx->actor.party), V(cx->now)));
  else TRY(db_run_n(cx, &n, SQL("UPDATE ledger SET refused_at = ?2 WHERE id = ?1 AND confirmed_at = 0 AND refused_at = 0"), V(id), V(cx->now)));
  return n ? worth_letter_let_go(cx, id) : fail(cx, E_CONFLICT, N_("This was answered already."));
}

Err ledger_of(Cx *cx, int64_t person, Rows *ret) {
  return db_rows(cx, &ledger_shape, ret, SQL("SELECT " LEDGER_COLS " FROM ledger l WHERE l.kind = 'value' AND (l.proposed_by = ?1 OR l.confirmed_by = ?1 OR l.party_id = ?1) ORDER BY l.id"), V(person));
}

/* ── the books ───────────────────────────────────────────────────────── */

Err worth_may_map(Cx *cx, bool *ret) {
  int64_t n;
  *ret = false;
  if (cx->actor.system) { *ret = true; return E_OK; }
  if (cx->actor.only_request || !cx->actor.party) return E_OK;
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM relationship e JOIN party o ON o.id = e.to_id WHERE e.from_id = ?1 AND o.kind = 'organisation' AND e.kind IN ('leads','administers')"),
             V(cx->actor.party)));
  *ret = n > 0;
  return E_OK;
}

static Err must_lead(Cx *cx) {
  bool may;
  TRY(worth_may_map(cx, &may));
  return may ? E_OK : fail(cx, E_DENIED, N_("Only who leads the house sees what customers bring in and cost."));
}

static bool period_ok(Str s) {
  int64_t y, m;
  return s.n == 7 && s.p[4] == '-' && str_int(str_head(s, 4), &y) && str_int(str_from(s, 5), &m) && y >= 2000 && y <= 2100 && m >= 1 && m <= 12;
}

Err ledger_add(Cx *cx, const LedgerLine *in, int64_t *ret_id) {
  Party p;
  TRY(must_lead(cx));
  TRY(party_get(cx, in->party_id, &p));
  if (!str_eq(p.kind, S("organisation"))) return fail_field(cx, "party", N_("Choose an organisation."));
  if (!str_eq(in->kind, S("revenue")) && !str_eq(in->kind, S("goods")) && !str_eq(in->kind, S("cost"))) return fail_field(cx, "kind", N_("Choose revenue, goods or another cost."));
  if (in->amount < 1) return fail_field(cx, "amount", N_("Write the amount as a number above 0."));
  TRY(must_be_money(cx, in->amount));
  if (!period_ok(in->period)) return fail_field(cx, "period", N_("Write the month like 2026-05."));
  if (!currency_ok(in->currency)) return fail_field(cx, "currency", N_("Write the currency in three letters, like EUR."));
  if (in->words.n > 500) return fail_field(cx, "words", N_("A sentence is enough; this is too long."));
  return db_int(cx, ret_id, SQL("INSERT INTO ledger(party_id, kind, amount, currency, period, words, proposed_by, proposed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id"),
                V(in->party_id), V(in->kind), V(in->amount), V(in->currency), V(in->period), V(str_trim(in->words)), VID(cx->actor.party), V(cx->now));
}

Err ledger_drop(Cx *cx, int64_t id) {
  int64_t n;
  TRY(must_lead(cx));
  TRY(db_run_n(cx, &n, SQL("DELETE FROM ledger WHERE id = ?1 AND kind <> 'value'"), V(id)));
  return n ? E_OK : fail(cx, E_ABSENT, N_("There is no such line any more."));
}

Err ledger_books(Cx *cx, int64_t party, Rows *ret) {
  TRY(must_lead(cx));
  return db_rows(cx, &ledger_shape, ret, SQL("SELECT " LEDGER_COLS " FROM ledger l WHERE l.party_id = ?1 AND l.kind <> 'value' ORDER BY l.period DESC, l.id DESC LIMIT 60"), V(party));
}

/* ── rules ───────────────────────────────────────────────────────────── */

static Err number(Cx *cx, Str name, int64_t dflt, int64_t *ret) {
  Str s;
  TRY(setting_get(cx, name, &s));
  if (!str_int(s, ret)) *ret = dflt;
  return E_OK;
}

Err worth_rules(Cx *cx, WorthRules *ret) {
  TRY(setting_get(cx, S("worth.currency"), &ret->currency));
  if (!ret->currency.n) ret->currency = S("EUR");
  TRY(number(cx, S("worth.large"), 100000, &ret->large));
  return number(cx, S("worth.gainful"), 10, &ret->gainful);
}

Err worth_rules_set(Cx *cx, const WorthRules *r) {
  if (!cx->actor.administers && !cx->actor.system) return fail(cx, E_DENIED, N_("Only who looks after the desk sets this."));
  if (!currency_ok(r->currency)) return fail_field(cx, "currency", N_("Write the currency in three letters, like EUR."));
  if (r->large < 0 || r->large > INT64_C(1000000000000)) return fail_field(cx, "large", N_("Write from what revenue a year on a customer is large, as a number."));
  if (r->gainful < -100 || r->gainful > 100) return fail_field(cx, "gainful", N_("Write how much of each 100 must stay, from -100 to 100."));
  TRY(setting_set(cx, S("worth.currency"), r->currency));
  TRY(setting_set(cx, S("worth.large"), str_fmt(cx->arena, "%lld", (long long)r->large)));
  return setting_set(cx, S("worth.gainful"), str_fmt(cx->arena, "%lld", (long long)r->gainful));
}
