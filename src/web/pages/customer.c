/* web/pages/customer.c: see customer.h. */
#include "web/pages/customer.h"
#include <math.h>
#include "desk/service.h"
#include "desk/setting.h"
#include "text/name.h"
#include "text/num.h"
#include "text/when.h"
#include "views.h"
#include "web/csv.h"
#include "web/pages/desk_page.h"
#include "web/pages/portal.h"

extern const Route customer_routes[];

/* ── words ───────────────────────────────────────────────────────────── */

static const struct { const char *them, *you; } heads[] = {
  [US_FELT] = { N_("How it has felt to %s"), N_("How it has felt to you") },
  [US_FELT_LINE] = { N_("How it has felt to %s, month by month; the list below says it in words"), N_("How it has felt to you, month by month; the list below says it in words") },
  [US_PROMISED] = { N_("What we promised %s"), N_("What we promised you") },
  [US_THEIRS] = { N_("What %s promised us"), N_("What you promised us") },
  [US_WAITING] = { N_("Waiting for a word from %s"), N_("Waiting for a word from you") },
  [US_BARS] = { N_("The bars %s set"), N_("The bars you set") },
  [US_WORTH] = { N_("Worth it, says %s"), N_("Worth it, you say") },
  [US_TITLE] = { N_("%1$s and %2$s"), N_("You and %2$s") },
};

/* A sentence with %s or %1$s and %2$s for the names; written by hand, for the sentence comes from a table. */
static Str named(Arena *a, Str s, Str one, Str two) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < s.n; i++) {
    Str rest = str_from(s, i);
    if (str_starts(rest, S("%s")))        { buf_add(&b, one); i += 1; }
    else if (str_starts(rest, S("%1$s"))) { buf_add(&b, one); i += 3; }
    else if (str_starts(rest, S("%2$s"))) { buf_add(&b, two); i += 3; }
    else buf_char(&b, s.p[i]);
  }
  return buf_str(&b);
}

Str us_head(const View *v, const Us *u, UsHead h) {
  return named(v->arena, tr(v->lang, u->p.c.person ? heads[h].you : heads[h].them), u->name, u->place);
}

Str us_typed(const Us *u, const char *field) { return u->typed ? req_form(u->typed, field) : S(""); }

Str us_bar_promise(const View *v, const Bar *b) {
  if (!b->promised) return tr(v->lang, "We have not promised anything against it yet.");
  if (str_eq(b->measure, S("judged")) || b->promised <= b->seconds) return tr(v->lang, "We promised this as asked.");
  return tr_f(v->arena, v->lang, "We promised %1$s. That is %2$s later than asked.", when_span(READER(v), b->promised * SECOND), when_span(READER(v), (b->promised - b->seconds) * SECOND));
}

Str us_gap(const View *v, const CustomerPage *p) {
  if (!p->has_gap) return S("");
  Str n = num(v->arena, v->lang, p->bars), span = when_span(READER(v), (int64_t)fabs(p->gap));
  if (fabs(p->gap) < (double)MINUTE) return tr_f(v->arena, v->lang, "%1$s times they named an hour of their own: we mostly promise that hour.", n);
  return p->gap > 0 ? tr_f(v->arena, v->lang, "%1$s times they named an hour of their own: what we promise is typically %2$s later.", n, span)
                    : tr_f(v->arena, v->lang, "%1$s times they named an hour of their own: what we promise is typically %2$s sooner.", n, span);
}

Str us_drift(const View *v, const CustomerPage *p) {
  if (!p->has_drift || fabs(p->drift) < (double)(10 * MINUTE)) return S("");
  Str span = when_span(READER(v), (int64_t)fabs(p->drift));
  return p->drift < 0 ? tr_f(v->arena, v->lang, "They ask for more than before: their hour comes %s sooner each month.", span)
                      : tr_f(v->arena, v->lang, "They give us more room than before: their hour comes %s later each month.", span);
}

Str us_money(const View *v, const LedgerLine *l) {
  return l->amount ? str_fmt(v->arena, STR_FMT " " STR_FMT, STR_ARG(num(v->arena, v->lang, (l->amount + 50) / 100)), STR_ARG(l->currency)) : S("");
}

Str us_mood(const Lang *l, double mood) {
  if (isnan(mood)) return S("");
  return mood >= 75 ? tr_c(l, "how it felt", "well") : mood >= 45 ? tr_c(l, "how it felt", "mixed") : tr_c(l, "how it felt", "let down");
}

size_t us_points(const CustomerPage *p, UsPoint ret[CUSTOMER_MONTHS]) {
  size_t n = 0;
  for (int i = 0; i < CUSTOMER_MONTHS; i++)
    if (!isnan(p->months[i].mood)) ret[n++] = (UsPoint){ 1.2 + 100.0 * i / CUSTOMER_MONTHS, 104 - .72 * p->months[i].mood, &p->months[i] };
  return n;
}

Str us_path(Arena *a, const UsPoint *at, size_t n) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < n; i++) {
    double x = 10 * at[i].x, y = at[i].y;
    if (!i) { buf_fmt(&b, "M%.0f %.0f", x, y); continue; }
    double mid = (10 * at[i - 1].x + x) / 2;
    buf_fmt(&b, "C%.0f %.0f %.0f %.0f %.0f %.0f", mid, at[i - 1].y, mid, y, x, y);
  }
  return buf_str(&b);
}

/* ── loading and drawing ─────────────────────────────────────────────── */

static Err load(Cx *cx, int64_t party, Us *u) {
  Customer c;
  TRY(customer_get(cx, party, &c));
  TRY(customer_page(cx, &c, &u->p));
  TRY(bar_list(cx, &c, &u->bars, &u->bar_n));
  TRY(pledge_list(cx, &c, &u->pledges));
  TRY(worth_list(cx, &c, &u->worth));
  TRY(service_list(cx, &u->services));
  TRY(customer_mine(cx, &u->mine));
  TRY(setting_place(cx, &u->place));
  if (!u->shop && c.serves && !c.person) TRY(relationship_from(cx, S("reads"), c.who.id, &u->people));
  u->name = c.person ? name_called(c.who.name, c.who.lang) : c.who.name;
  u->home = u->shop ? S("/my/") : S("/requests/");
  u->action = u->shop ? S("/my/us") : str_fmt(cx->arena, "/customers/%lld", (long long)party);
  return E_OK;
}

static Str done_words(Cx *cx, const Req *q) {
  static const struct { const char *word, *words; } done[] = {
    { "pledged", N_("Written down. Both sides see it here.") }, { "agreed", N_("Thank you. It counts from now on.") }, { "kept", N_("Noted as done.") },
    { "dropped", N_("Let go. It counts neither way.") }, { "bar", N_("Saved. It is measured from now on.") }, { "ended", N_("That bar is gone.") },
    { "answered", N_("Saved. The customer sees it beside their bar.") }, { "worth", N_("Written down.") }, { "confirmed", N_("Thank you. It counts from now on.") },
    { "refused", N_("Thank you for saying so. It does not count.") },
  };
  Str word = req_get(q, "done");
  for (size_t i = 0; i < COUNT(done); i++) if (str_eq(word, str_z(done[i].word))) return tr(cx->lang, done[i].words);
  return S("");
}

static Err draw(Cx *cx, const Req *q, Res *res, Us *u) {
  Shell s;
  View v;
  u->wrong = &res->wrong;
  u->done = res->wrong.n ? S("") : done_words(cx, q);
  u->typed = res->wrong.n ? q : NULL;
  Str title = us_head(&(View){ .arena = cx->arena, .lang = cx->lang }, u, US_TITLE);
  if (u->shop) TRY(page_begin(cx, q, res, title, &s, &v));
  else TRY(desk_begin(cx, q, res, title, RAIL_CUSTOMERS, &s, &v));
  if (u->shop) view_us_shop(&v, &s, u); else view_us_desk(&v, &s, u);
  return E_OK;
}

/* ── at the desk ─────────────────────────────────────────────────────── */

static Err party_of(Cx *cx, const Req *q, int64_t *ret) {
  return req_param_int(q, "id", ret) ? E_OK : fail(cx, E_ABSENT, N_("There is no such customer that you may see."));
}

static Err list(Cx *cx, const Req *q, Res *res) {
  Customers c = { 0 };
  Shell s;
  View v;
  TRY(customer_list(cx, &c.at, &c.n));
  TRY(worth_may_map(cx, &c.worth));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Customers"), RAIL_CUSTOMERS, &s, &v));
  view_customers_page(&v, &s, &c);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  Us u = { 0 };
  int64_t id;
  TRY(party_of(cx, q, &id));
  TRY(load(cx, id, &u));
  return u.p.c.person ? fail(cx, E_ABSENT, N_("There is no such customer that you may see.")) : draw(cx, q, res, &u);
}

/* ── as files ────────────────────────────────────────────────────────── */

static void line_csv(Cx *cx, Res *res, const CustomerLine *l) {
  const struct { const Figure *f; const char *name; } all[] = { { &l->sorted, "sorted" }, { &l->kept, "promise-kept" }, { &l->bad, "bad-moment" } };
  for (size_t i = 0; i < COUNT(all); i++) {
    csv_cell(res, l->name);
    csv_number(res, true, (double)l->ours);
    csv_number(res, true, (double)l->theirs);
    csv_asked(cx, res, all[i].f, tr(cx->lang, measure_find(str_z(all[i].name))->question));
  }
}

static Err list_csv(Cx *cx, const Req *q, Res *res) {
  CustomerLine *at;
  size_t n;
  (void)q;
  TRY(customer_list(cx, &at, &n));
  csv_names(res, "customer,waiting_for_us,waiting_for_them");
  for (size_t i = 0; i < n; i++) line_csv(cx, res, &at[i]);
  return csv_end(cx, res, S("customers.csv"));
}

static void us_row(Cx *cx, Res *res, const char *part, Str words, const Figure *f) {
  csv_cell(res, str_z(part));
  csv_asked(cx, res, f, words);
}

/* What stands on the page of a customer as a figure; their words, promises and money stay there. */
static Err us_csv(Cx *cx, Res *res, const Us *u) {
  const CustomerPage *p = &u->p;
  csv_names(res, "part");
  us_row(cx, res, "sorted", tr(cx->lang, "Sorted, says the person who asked"), &p->sorted);
  us_row(cx, res, "promises-kept", tr(cx->lang, "Promises kept"), &p->promise_kept);
  if (!p->c.person) us_row(cx, res, "bad-moments", tr(cx->lang, "Had a bad moment in 90 days"), &p->bad);
  us_row(cx, res, "own-bar", tr(cx->lang, "At or above the bar they set in a conversation"), &p->own_bar);
  us_row(cx, res, "their-promises-kept", tr(cx->lang, "What they promised, kept"), &u->pledges.figure);
  for (size_t i = 0; i < u->bar_n; i++) us_row(cx, res, "standing-bar", u->bars[i].b.words, &u->bars[i].met);
  for (int i = 0; i < CUSTOMER_MONTHS; i++) us_row(cx, res, "month", tr(cx->lang, "Sorted, says the person who asked"), &p->months[i].sorted);
  return csv_end(cx, res, S("customer.csv"));
}

static Err page_csv(Cx *cx, const Req *q, Res *res) {
  Us u = { 0 };
  int64_t id;
  TRY(party_of(cx, q, &id));
  TRY(load(cx, id, &u));
  return u.p.c.person ? fail(cx, E_ABSENT, N_("There is no such customer that you may see.")) : us_csv(cx, res, &u);
}

/* ── in the shop ─────────────────────────────────────────────────────── */

/* "of" names one of those the reader speaks for, or the reader; without it the first of them, else the reader. */
static Err whose(Cx *cx, Str of, int64_t *ret) {
  Rows mine;
  int64_t id;
  TRY(customer_mine(cx, &mine));
  *ret = mine.n ? ROW(Party, mine, 0)->id : cx->actor.party;
  if (!str_int(of, &id)) return E_OK;
  bool may = id == cx->actor.party;
  for (size_t i = 0; i < mine.n; i++) may |= ROW(Party, mine, i)->id == id;
  if (!may) return fail(cx, E_ABSENT, N_("There is no such page for you."));
  *ret = id;
  return E_OK;
}

static Err my_page(Cx *cx, const Req *q, Res *res) {
  Us u = { .shop = true };
  int64_t id;
  TRY(whose(cx, req_get(q, "of"), &id));
  TRY(load(cx, id, &u));
  return draw(cx, q, res, &u);
}

static Err my_csv(Cx *cx, const Req *q, Res *res) {
  Us u = { .shop = true };
  int64_t id;
  TRY(whose(cx, req_get(q, "of"), &id));
  TRY(load(cx, id, &u));
  return us_csv(cx, res, &u);
}

/* ── what is sent from either ────────────────────────────────────────── */

static int64_t id_of(const Req *q) {
  int64_t id = 0;
  (void)req_form_int(q, "id", &id);
  return id;
}

/* "15" and "minutes", "hours" or "days" as seconds; 0 if it is no number. */
static int64_t within(const Req *q) {
  int64_t n, each = str_eq(req_form(q, "unit"), S("hours")) ? 3600 : str_eq(req_form(q, "unit"), S("days")) ? 86400 : 60;
  return str_int(str_trim(req_form(q, "within")), &n) && n > 0 && n < 1000000 ? n * each : 0;
}

static Err do_pledge(Cx *cx, const Req *q, const Customer *c, const char **done) {
  Pledge p = { .words = req_form(q, "pledge") };
  int64_t id;
  (void)req_form_int(q, "promiser", &p.promiser_id);
  if (!when_read(cx->zone, str_trim(req_form(q, "by")), &p.due_at)) return fail_field(cx, "by", N_("Write the hour like 2026-05-14T17:00."));
  *done = "pledged";
  return pledge_new(cx, c, &p, &id);
}

static Err do_bar(Cx *cx, const Req *q, const Customer *c, const char **done) {
  Bar b = { .words = req_form(q, "words"), .measure = req_form(q, "measure"), .seconds = within(q) };
  int64_t id;
  (void)req_form_int(q, "service", &b.service_id);
  *done = "bar";
  return bar_set(cx, c, &b, &id);
}

static Err do_worth(Cx *cx, const Req *q, const Customer *c, const char **done) {
  LedgerLine l = { .words = req_form(q, "worth"), .value_kind = req_form(q, "value_kind") };
  double amount = 0;
  Str typed = str_trim(req_form(q, "amount"));
  int64_t id;
  if (typed.n && (!str_double(typed, &amount) || amount < 0 || amount > 1e12)) return fail_field(cx, "amount", N_("Write the amount as a number, not below 0."));
  l.amount = (int64_t)(amount * 100 + .5);
  *done = "worth";
  return worth_propose(cx, c, &l, &id);
}

/* A value line is answered as a whole; whose it is worth_answer sees itself, but it must be of this page. */
static Err do_answer(Cx *cx, const Req *q, const Customer *c, bool yes, const char **done) {
  *done = yes ? "confirmed" : "refused";
  if (!c->theirs) return fail(cx, E_DENIED, N_("Only the customer says what it was worth to them."));
  return worth_answer(cx, id_of(q), yes);
}

static Err do_it(Cx *cx, const Req *q, const Customer *c, const char **done) {
  Str what = req_form(q, "do");
#define IS_(w) str_eq(what, S(w))
  if (IS_("pledge"))      return do_pledge(cx, q, c, done);
  if (IS_("agree"))       { *done = "agreed";   return pledge_do(cx, c, id_of(q), PLEDGE_AGREE); }
  if (IS_("kept"))        { *done = "kept";     return pledge_do(cx, c, id_of(q), PLEDGE_DONE); }
  if (IS_("drop"))        { *done = "dropped";  return pledge_do(cx, c, id_of(q), PLEDGE_DROP); }
  if (IS_("bar"))         return do_bar(cx, q, c, done);
  if (IS_("bar-end"))     { *done = "ended";    return bar_end(cx, c, id_of(q)); }
  if (IS_("bar-promise")) { *done = "answered"; return bar_promise(cx, c, id_of(q), within(q)); }
  if (IS_("worth"))       return do_worth(cx, q, c, done);
  if (IS_("worth-yes"))   return do_answer(cx, q, c, true, done);
  if (IS_("worth-no"))    return do_answer(cx, q, c, false, done);
#undef IS_
  return fail(cx, E_MALFORMED, "There is no such thing to do here.");
}

static Err sent(Cx *cx, const Req *q, Res *res, int64_t party, bool shop) {
  Customer c;
  const char *done = "";
  TRY(customer_get(cx, party, &c));
  if (!shop && c.person) return fail(cx, E_ABSENT, N_("There is no such customer that you may see."));
  Err e = do_it(cx, q, &c, &done);
  if (!e) return res_redirect(cx, res, shop ? str_fmt(cx->arena, "/my/us?of=%lld&done=%s", (long long)party, done)
                                            : str_fmt(cx->arena, "/customers/%lld?done=%s", (long long)party, done));
  if (!portal_refused(cx, res, e)) return e;
  Us u = { .shop = shop };
  TRY(load(cx, party, &u));
  return draw(cx, q, res, &u);
}

static Err do_desk(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  TRY(party_of(cx, q, &id));
  return sent(cx, q, res, id, false);
}

static Err do_shop(Cx *cx, const Req *q, Res *res) {
  int64_t id;
  TRY(whose(cx, req_form(q, "of"), &id));
  return sent(cx, q, res, id, true);
}

const Route customer_routes[] = {
  { .verb = GET,  .path = "/customers",      .run = list,    .may = MAY_PROVIDER, .about = "Organisations we serve, and how it goes" },
  { .verb = GET,  .path = "/customers/{id}", .run = page,    .may = MAY_PROVIDER, .about = "A customer and the desk, as both see it" },
  { .verb = POST, .path = "/customers/{id}", .run = do_desk, .may = MAY_PROVIDER, .about = "What they promised us, what we promise against a bar, what it was worth" },
  { .verb = GET,  .path = "/customers.csv",  .run = list_csv, .may = MAY_PROVIDER, .about = "The list as a file" },
  { .verb = GET,  .path = "/customers/{id}/figures.csv", .run = page_csv, .may = MAY_PROVIDER, .about = "A customer's figures as a file" },
  { .verb = GET,  .path = "/my/us.csv",      .run = my_csv,  .may = MAY_ASKER,    .about = "Our figures as a file" },
  { .verb = GET,  .path = "/my/us",          .run = my_page, .may = MAY_ASKER,    .about = "Us and the desk, as both see it" },
  { .verb = POST, .path = "/my/us",          .run = do_shop, .may = MAY_ASKER,    .about = "Our promises, our bars, what it was worth to us" },
  { 0 }
};
