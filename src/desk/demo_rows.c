/* desk/demo_rows.c: a batch of played requests becomes rows, each written once as it stays, a whole table at a time.
   Not here: what they say (demo_history.c). */
#include "desk/demo_play.h"
#include "store/fill.h"
#include "store/search.h"

/* ── the request and its chain ───────────────────────────────────────── */

static Err requests(Cx *cx, const DemoPlay *plays, size_t n) {
  Fill f = fill_new(cx, SQL("request"), SQL("id, kind, subject, excerpt, asker_id, organisation_id, service_id, team_id, owner_id, state, ball, court, version,"
    " messages, acts, head, rework, promise_id, outcome, due_at, hear_at, since_at, waiting_at, reported_at, ended_at, bar_by, channel, lang, created_at, updated_at"));
  for (size_t i = 0; i < n; i++) {
    const Request *r = &plays[i].r;
    fill_row(&f, V(r->id), V(r->kind), V(r->subject), V(r->excerpt), V(r->asker_id), VID(r->organisation_id), V(r->service_id), V(r->team_id), VID(r->owner_id),
             V(r->state), V(r->ball), V(r->court), V(r->version), V(r->messages), V(r->acts), V(r->head), V(r->rework), VID(r->promise_id), V(r->outcome),
             V(r->due_at), V(r->hear_at), V(r->since_at), V(r->waiting_at), V(r->reported_at), V(r->ended_at), V(r->bar_by), V(r->channel), V(r->lang), V(r->created_at),
             V(r->updated_at));
  }
  return fill_write(cx, &f);
}

static Err acts(Cx *cx, const DemoPlay *plays, size_t n) {
  VEC(Act) all = { 0 };
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < plays[i].act_n; k++) vec_add(cx->arena, &all, plays[i].acts[k]);
  return ledger_fill(cx, all.at, all.n);
}

/* ── promises ────────────────────────────────────────────────────────── */

static size_t promise_count(const DemoPlay *plays, size_t n) {
  size_t all = 0;
  for (size_t i = 0; i < n; i++) all += plays[i].promised_n;
  return all;
}

/* The request points to the one in force, or last in force: before its own row is written. */
static void promises_point(DemoPlay *plays, size_t n, const int64_t *ids) {
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < plays[i].promised_n; k++, ids++) {
      const char *state = plays[i].promised[k].state;
      if (strcmp(state, "offered") && strcmp(state, "replaced")) plays[i].r.promise_id = *ids;
    }
}

static Err promises(Cx *cx, const DemoPlay *plays, size_t n, const int64_t *ids) {
  Fill f = fill_new(cx, SQL("promise"), SQL("id, request_id, version, state, promiser_id, due_at, zone, offered_at, from_at, until_at, conditions"));
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < plays[i].promised_n; k++) {
      const DemoPromised *p = &plays[i].promised[k];
      fill_row(&f, V(*ids++), V(plays[i].r.id), V(p->version), V(str_z(p->state)), V(p->by), V(p->due), V(S("Europe/Lisbon")), V(p->at), V(p->from), V(p->until),
               V(p->conditions ? str_z(p->conditions) : S("[]")));
    }
  return fill_write(cx, &f);
}

/* ── words ───────────────────────────────────────────────────────────── */

typedef struct { Fill message, body; SearchNew *words; size_t n; } Talk;

static void talk_add(Cx *cx, Talk *t, const DemoPlay *y, const DemoSaid *s, int64_t id) {
  Str lang = s->side == LOOP_CUSTOMER ? str_z(y->topic->lang) : S("");
  fill_row(&t->message, V(id), V(y->r.id), V(s->at), V(s->by), V(S("human")), V(loop_side_name(s->side)), V(s->note ? S("internal") : S("public")),
           V(s->channel.n ? s->channel : y->r.channel), V(s->act_seq), V(lang));
  fill_row(&t->body, V(id), V(S("markdown")), V(s->text));
  t->words[t->n++] = (SearchNew){ id, str_cat(cx->arena, y->r.subject, S("\n"), S(""), S("\n"), s->text) };
}

static Err messages(Cx *cx, const DemoPlay *plays, size_t n) {
  size_t all = 0;
  int64_t *ids;
  for (size_t i = 0; i < n; i++) all += plays[i].said_n;
  TRY(fill_ids(cx, SQL("message"), all, &ids));
  Talk t = { .message = fill_new(cx, SQL("message"), SQL("id, request_id, at, author_id, author_kind, side, visibility, channel, act_seq, lang")),
             .body = fill_new(cx, SQL("message_body"), SQL("message_id, format, text")), .words = NEW_N(cx->arena, SearchNew, all + 1) };
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < plays[i].said_n; k++) talk_add(cx, &t, &plays[i], &plays[i].said[k], *ids++);
  TRY(fill_write(cx, &t.message));
  TRY(fill_write(cx, &t.body));
  return search_fill(cx, t.words, t.n);
}

static Err verdicts(Cx *cx, const DemoPlay *plays, size_t n) {
  Fill f = fill_new(cx, SQL("verdict"), SQL("request_id, report_seq, asked_of, asked_at, answered_at, sorted, ease, against_bar, lost_minutes, moment, words,"
    " channel, satisfaction, repeated, moment_kind, honoured"));
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < plays[i].verdict_n; k++) {
      const Verdict *v = &plays[i].verdicts[k];
      fill_row(&f, V(plays[i].r.id), V(v->report_seq), V(v->asked_of), V(v->asked_at), V(v->answered_at), V(v->sorted), V(v->ease), V(v->against_bar),
               V(v->lost_minutes), V(v->moment), V(v->words), V(S("page")), V(v->satisfaction), V(v->repeated), V(v->moment_kind), V(v->honoured));
    }
  return fill_write(cx, &f);
}

Err demo_rows_write(Cx *cx, DemoPlay *plays, size_t n) {
  int64_t *promise_ids;
  TRY(fill_ids(cx, SQL("promise"), promise_count(plays, n), &promise_ids));
  promises_point(plays, n, promise_ids);
  TRY(requests(cx, plays, n));
  TRY(acts(cx, plays, n));
  TRY(promises(cx, plays, n, promise_ids));
  TRY(messages(cx, plays, n));
  return verdicts(cx, plays, n);
}
