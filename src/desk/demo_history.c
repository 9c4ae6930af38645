/* desk/demo_history.c: the months before today, written fast: each request is played through the loop in memory and its rows
   are written once. What the rows say is what the loop says; demo_verify is `cornerdesk verify` like for any other store. */
#include "desk/demo_place.h"
#include "desk/ledger.h"
#include "desk/verdict.h"
#include "store/search.h"
#include "text/json.h"

/* How a request goes. Letters: p promise, r report, a accept, n not yet, c counter, o accept-offer, v revoke, q ask, s answer,
   d decline, w withdraw, l lapse, R a report that comes late, D promise due at once and report (a direct answer). */
static const struct { const char *acts; int weight; } fates[] = {
  { "Da", 22 }, { "pra", 34 }, { "pRa", 9 }, { "prnra", 7 }, { "pRnra", 3 }, { "cora", 5 }, { "pvora", 4 }, { "qspra", 8 }, { "prl", 6 }, { "d", 2 }, { "w", 2 },
  { "pw", 1 },
};

typedef struct { const char *text; LoopSide side; int64_t by, at; bool note; int act_seq; } Said;
typedef struct { int64_t due, at, from, until, by; const char *state; int version; } Promised;
typedef struct {
  Request r;
  Loop loop;
  const DemoTopic *topic;
  int64_t number, at, end_at, verdict_at, asked_at, report_seq;
  const char *blame;
  Said said[16];
  size_t said_n;
  Promised promised[6];
  size_t promised_n;
  bool good, silent, not_yet;
} Play;

static const char *fate_pick(Rng *rng) {
  int all = 0, at;
  for (size_t i = 0; i < COUNT(fates); i++) all += fates[i].weight;
  at = (int)rng_below(rng, (uint64_t)all);
  for (size_t i = 0; i < COUNT(fates); i++) if ((at -= fates[i].weight) < 0) return fates[i].acts;
  return fates[0].acts;
}

/* A while of working time after `at`, mostly short, sometimes long; a while of the asker's is around the clock. */
static int64_t later(DemoPlace *p, int64_t at, int64_t typical, bool ours) {
  int64_t span = typical / 4 + (int64_t)(rng_unit(&p->rng) * rng_unit(&p->rng) * 3.0 * (double)typical) + (int64_t)rng_below(&p->rng, SECOND);
  int64_t due;
  if (ours && calendar_due(p->hours, at, span, &due)) return due;
  return at + span;
}

static Err step(Cx *cx, Play *y, LoopAct act, LoopSide side, int64_t by, int64_t due) {
  cx->actor = side == LOOP_SYSTEM ? (Actor){ .system = true } : (Actor){ .party = by };
  return ledger_append(cx, &y->r, &y->loop, &(LedgerNew){ .act = act, .side = side, .at = y->at, .due = due, .channel = y->r.channel });
}

static void say(Play *y, const char *text, LoopSide side, int64_t by) {
  if (y->said_n < COUNT(y->said)) y->said[y->said_n++] = (Said){ .text = text, .side = side, .by = by, .at = y->at, .act_seq = (int)y->r.acts };
}

static void promised(Play *y, int64_t due, int64_t by, bool offered) {
  if (y->promised_n == COUNT(y->promised)) return;
  y->promised[y->promised_n] = (Promised){ .due = due, .at = y->at, .by = by, .version = (int)y->promised_n + 1, .state = offered ? "offered" : "in force",
                                           .from = offered ? 0 : y->at };
  y->promised_n++;
}
static void promise_ends(Play *y, const char *state) {
  for (size_t i = 0; i < y->promised_n; i++)
    if (!strcmp(y->promised[i].state, "in force")) { y->promised[i].state = state; y->promised[i].until = y->at; }
}

/* One letter of a fate. false: it would be in the future, so the request stands as it is. */
static Err turn(Cx *cx, DemoPlace *p, Play *y, char act, int64_t owner, bool *ret_more) {
  const DemoTopic *t = y->topic;
  int64_t asker = y->r.asker_id;
  bool ours = strchr("prRDcvqd", act) != NULL;
  int64_t typical = act == 'r' || act == 'n' || act == 'a' ? 5 * HOUR : act == 'l' ? 14 * DAY : act == 'p' || act == 'q' || act == 'D' || act == 'c' ? 50 * MINUTE : 3 * HOUR;
  int64_t at = act == 'l' ? y->at + 14 * DAY : later(p, y->at, typical, ours);
  if (act == 'r' && y->loop.due && at > y->loop.due) at = y->at + (y->loop.due - y->at) / 2 > y->at ? y->at + (y->loop.due - y->at) / 2 : at;
  if (act == 'R') at = y->loop.due + HOUR + (int64_t)rng_below(&p->rng, DAY);
  if (at >= cx->now) { *ret_more = false; return E_OK; }
  y->at = at;
  int64_t due = later(p, y->at, 9 * HOUR, true) + 2 * HOUR;
  switch (act) {
    case 'D':
      TRY(step(cx, y, LOOP_ACT_PROMISE, LOOP_PROVIDER, owner, y->at));
      promised(y, y->at, owner, false);
      TRY(step(cx, y, LOOP_ACT_REPORT, LOOP_PROVIDER, owner, 0));
      say(y, t->report, LOOP_PROVIDER, owner);
      y->asked_at = y->at, y->report_seq = y->r.acts;
      break;
    case 'p':
      TRY(step(cx, y, LOOP_ACT_PROMISE, LOOP_PROVIDER, owner, due));
      promised(y, due, owner, false);
      say(y, t->promise, LOOP_PROVIDER, owner);
      break;
    case 'c':
      TRY(step(cx, y, LOOP_ACT_COUNTER, LOOP_PROVIDER, owner, due + DAY));
      promised(y, due + DAY, owner, true);
      say(y, t->promise, LOOP_PROVIDER, owner);
      break;
    case 'v':
      TRY(step(cx, y, LOOP_ACT_REVOKE, LOOP_PROVIDER, owner, due + 2 * DAY));
      promised(y, due + 2 * DAY, owner, true);
      say(y, "I promised too early, and say so before the hour: this is when I can really have it.", LOOP_PROVIDER, owner);
      break;
    case 'o':
      TRY(step(cx, y, LOOP_ACT_ACCEPT_OFFER, LOOP_CUSTOMER, asker, 0));
      promise_ends(y, "replaced");
      y->promised[y->promised_n - 1].state = "in force";
      y->promised[y->promised_n - 1].from = y->at;
      break;
    case 'q': TRY(step(cx, y, LOOP_ACT_ASK, LOOP_PROVIDER, owner, 0)); say(y, t->question, LOOP_PROVIDER, owner); break;
    case 's': TRY(step(cx, y, LOOP_ACT_ANSWER, LOOP_CUSTOMER, asker, 0)); say(y, t->answer, LOOP_CUSTOMER, asker); break;
    case 'r':
    case 'R':
      TRY(step(cx, y, LOOP_ACT_REPORT, LOOP_PROVIDER, owner, 0));
      say(y, y->not_yet ? t->again : t->report, LOOP_PROVIDER, owner);
      y->asked_at = y->at, y->report_seq = y->r.acts;
      break;
    case 'n':
      TRY(step(cx, y, LOOP_ACT_NOT_YET, LOOP_CUSTOMER, asker, 0));
      say(y, t->not_yet, LOOP_CUSTOMER, asker);
      y->not_yet = true;
      break;
    case 'a':
      TRY(step(cx, y, LOOP_ACT_ACCEPT, LOOP_CUSTOMER, asker, 0));
      y->verdict_at = y->at;
      promise_ends(y, str_cstr(cx->arena, loop_outcome_name(y->loop.outcome)));
      break;
    case 'l': TRY(step(cx, y, LOOP_ACT_LAPSE, LOOP_SYSTEM, 0, 0)); promise_ends(y, "silent"); break;
    case 'd':
      TRY(step(cx, y, LOOP_ACT_DECLINE, LOOP_PROVIDER, owner, 0));
      say(y, "This is not ours to decide, and I don’t want you to wait for nothing. The works council meets on Mondays; I told them you would come.", LOOP_PROVIDER, owner);
      break;
    case 'w':
      TRY(step(cx, y, LOOP_ACT_WITHDRAW, LOOP_CUSTOMER, asker, 0));
      promise_ends(y, y->loop.outcome == LOOP_BROKEN ? "broken" : "withdrawn");
      break;
    default: break;
  }
  return E_OK;
}

/* ── rows ────────────────────────────────────────────────────────────── */

static Str filled(Cx *cx, const char *text, int64_t number) {
  Str s = str_z(text), head, tail;
  size_t at = str_find(s, S("{}"));
  if (at == SIZE_MAX) return s;
  head = str_head(s, at);
  tail = str_from(s, at + 2);
  return str_fmt(cx->arena, STR_FMT "%lld" STR_FMT, STR_ARG(head), (long long)number, STR_ARG(tail));
}

static Err message_row(Cx *cx, const Play *y, const Said *s, Str names) {
  Str text = filled(cx, s->text, y->number);
  int64_t id;
  TRY(db_int(cx, &id,
    SQL("INSERT INTO message(request_id, at, author_id, author_kind, side, visibility, channel, act_seq, lang)"
        " VALUES (?1, ?2, ?3, 'human', ?4, ?5, ?6, ?7, ?8) RETURNING id"),
    V(y->r.id), V(s->at), V(s->by), V(loop_side_name(s->side)), V(s->note ? S("internal") : S("public")), V(y->r.channel), V(s->act_seq),
    V(s->side == LOOP_CUSTOMER ? str_z(y->topic->lang) : S(""))));
  TRY(db_run(cx, SQL("INSERT INTO message_body(message_id, format, text) VALUES (?1, 'markdown', ?2)"), V(id), V(text)));
  return search_put(cx, id, str_cat(cx->arena, y->r.subject, S("\n"), names, S("\n"), text));
}

static Err promise_rows(Cx *cx, Play *y) {
  for (size_t i = 0; i < y->promised_n; i++) {
    const Promised *p = &y->promised[i];
    int64_t id;
    TRY(db_int(cx, &id,
      SQL("INSERT INTO promise(request_id, version, state, promiser_id, due_at, zone, offered_at, from_at, until_at)"
          " VALUES (?1, ?2, ?3, ?4, ?5, 'Europe/Lisbon', ?6, ?7, ?8) RETURNING id"),
      V(y->r.id), V(p->version), V(str_z(p->state)), V(p->by), V(p->due), V(p->at), V(p->from), V(p->until)));
    if (strcmp(p->state, "offered") && strcmp(p->state, "replaced")) y->r.promise_id = id;
  }
  return E_OK;
}

static Err verdict_row(Cx *cx, DemoPlace *p, const Play *y) {
  if (!y->asked_at) return E_OK;
  bool bad = y->not_yet || y->loop.outcome == LOOP_BROKEN;
  const char *words = bad ? demo_blame[rng_below(&p->rng, demo_blame_count)] : demo_praise[rng_below(&p->rng, demo_praise_count)];
  bool said = y->verdict_at != 0;
  int64_t ease = !said || !rng_below(&p->rng, 3) ? 0 : bad ? 1 + (int64_t)rng_below(&p->rng, 5) : 4 + (int64_t)rng_below(&p->rng, 4);
  Str moment = said && !rng_below(&p->rng, 25) ? str_z(demo_moments[rng_below(&p->rng, demo_moment_count)]) : S("");
  int64_t lost = said && !rng_below(&p->rng, 2) ? 5 * (int64_t)(1 + rng_below(&p->rng, bad ? 48 : 6)) : -1;
  return db_run(cx,
    SQL("INSERT INTO verdict(request_id, report_seq, asked_of, asked_at, answered_at, sorted, ease, lost_minutes, moment, words, channel)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'page')"),
    V(y->r.id), V(y->report_seq), V(y->r.asker_id), V(y->asked_at), V(y->verdict_at), V(said ? S("yes") : S("")), V(ease), V(lost), V(moment),
    V(said ? str_z(words) : S("")));
}

static Err row_begin(Cx *cx, Play *y) {
  Request *r = &y->r;
  return db_int(cx, &r->id,
    SQL("INSERT INTO request(kind, subject, asker_id, organisation_id, service_id, team_id, state, ball, court, since_at, channel, lang, created_at, updated_at)"
        " VALUES (?1, ?2, ?3, (SELECT organisation_id FROM party WHERE id = ?3), ?4, ?5, 'REQUESTED', 'provider', 'us', ?6, ?7, ?8, ?9, ?9) RETURNING id"),
    V(r->kind), V(r->subject), V(r->asker_id), V(r->service_id), V(r->team_id), V(r->since_at), V(r->channel), V(r->lang), V(r->created_at));
}

static Err row_end(Cx *cx, Play *y) {
  const Loop *l = &y->loop;
  bool over = loop_ended(l->state);
  Str last = S("");
  for (size_t i = 0; i < y->said_n; i++) if (!y->said[i].note) last = filled(cx, y->said[i].text, y->number);
  return db_run(cx,
    SQL("UPDATE request SET excerpt = ?2, owner_id = ?3, state = ?4, ball = ?5, court = ?6, version = ?7, messages = ?8, acts = ?7, head = ?9,"
        " rework = ?10, promise_id = ?11, outcome = ?12, due_at = ?13, hear_at = ?14, waiting_at = ?15, reported_at = ?16, ended_at = ?17, updated_at = ?15"
        " WHERE id = ?1"),
    V(y->r.id), V(str_ellipsis(cx->arena, last, 120)), VID(y->r.owner_id), V(y->r.state), V(y->r.ball),
    V(over ? S("done") : l->ball == LOOP_PROVIDER ? S("us") : S("them")), V(y->r.acts), V(y->said_n), V(y->r.head), V(l->rework), VID(y->r.promise_id),
    V(loop_outcome_name(l->outcome)), V(l->version ? l->due : y->r.hear_at), V(y->r.hear_at), V(y->at), V(l->reported), V(over ? y->at : (int64_t)0));
}

/* What the ticker waits for, as if this had been done through act.c. */
static Err expect(Cx *cx, const Play *y) {
  if (y->loop.state == LOOP_REPORTED) return verdict_expect(cx, y->r.id, y->report_seq, y->asked_at);
  return y->loop.state == LOOP_PROMISED ? act_watch(cx, y->r.id, y->loop.due) : E_OK;
}

/* ── one request ─────────────────────────────────────────────────────── */

static int64_t owner_of(DemoPlace *p, int team) {
  int64_t fit[8];
  size_t n = 0;
  for (size_t i = 0; i < demo_server_count && n < COUNT(fit); i++) if (demo_servers[i].team == team) fit[n++] = p->servers[i];
  return fit[rng_below(&p->rng, n)];
}

static void begin(Cx *cx, DemoPlace *p, int64_t at, Play *y) {
  size_t who = rng_below(&p->rng, 3) ? rng_below(&p->rng, p->asker_n) : rng_below(&p->rng, demo_asker_count);
  const DemoTopic *t = &demo_topics[rng_below(&p->rng, demo_topic_count)];
  if (who < demo_asker_count)                            /* named people keep to their language where a topic has it */
    for (int tries = 0; tries < 12 && strcmp(t->lang, demo_askers[who].lang); tries++) t = &demo_topics[rng_below(&p->rng, demo_topic_count)];
  *y = (Play){ .topic = t, .number = 100 + (int64_t)rng_below(&p->rng, 900), .at = at };
  y->r = (Request){
    .asker_id = p->askers[who], .service_id = p->services[t->service], .team_id = p->teams[t->service], .kind = strncmp(t->subject, "What if", 7) ? S("help") : S("whatif"),
    .subject = filled(cx, t->subject, y->number), .created_at = at, .since_at = at - (rng_below(&p->rng, 5) ? 0 : (int64_t)rng_below(&p->rng, 2 * HOUR)),
    .channel = rng_below(&p->rng, 3) ? S("mail") : rng_below(&p->rng, 4) ? S("page") : S("phone"), .lang = str_z(t->lang),
  };
  int64_t due;
  y->r.hear_at = calendar_due(p->hours, at, 4 * HOUR, &due) ? due : at + 4 * HOUR;
}

static Err one(Cx *cx, DemoPlace *p, int64_t at, int64_t extra, int64_t *ret_messages) {
  Play y;
  begin(cx, p, at, &y);
  TRY(row_begin(cx, &y));
  TRY(step(cx, &y, LOOP_ACT_REQUEST, LOOP_CUSTOMER, y.r.asker_id, 0));
  say(&y, y.topic->text, LOOP_CUSTOMER, y.r.asker_id);
  int64_t owner = owner_of(p, y.topic->service);
  bool more = true;
  for (const char *f = fate_pick(&p->rng); *f && more; f++) {
    TRY(turn(cx, p, &y, *f, owner, &more));
    if (more && *f != 'w') y.r.owner_id = owner;
    if (more && !rng_below(&p->rng, 12)) {
      say(&y, "Seen this before; the note in the team’s book helps.", LOOP_PROVIDER, owner);
      y.said[y.said_n - 1].note = true;
    }
  }
  for (int64_t i = 0; i < extra && y.said_n < COUNT(y.said); i++) say(&y, i % 2 ? y.topic->answer : y.topic->question, i % 2 ? LOOP_CUSTOMER : LOOP_PROVIDER, i % 2 ? y.r.asker_id : owner);
  TRY(promise_rows(cx, &y));
  for (size_t i = 0; i < y.said_n; i++) TRY(message_row(cx, &y, &y.said[i], S("")));
  TRY(verdict_row(cx, p, &y));
  *ret_messages += (int64_t)y.said_n;
  TRY(row_end(cx, &y));
  return expect(cx, &y);
}

Err demo_history_make(Cx *cx, const DemoSize *size, DemoPlace *p) {
  enum { BATCH = 1000 };
  const int64_t span = 120 * DAY;
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *batch = arena_new((size_t)1 << 30);
  int64_t messages = 0;
  for (int64_t i = 0; i < size->requests; ) {
    cx->arena = batch;
    DEFER(tx_end) Tx tx = { 0 };
    Err e = tx_begin(cx, &tx);
    for (int64_t last = i + BATCH < size->requests ? i + BATCH : size->requests; !e && i < last; i++) {
      int64_t at = cx->now - span + (int64_t)((double)span * ((double)i + rng_unit(&p->rng)) / (double)size->requests);
      int64_t want = size->messages ? size->messages * (i + 1) / size->requests - messages - 3 : 0;
      e = one(cx, p, at, want > 0 ? want : 0, &messages);
    }
    if (!e) e = tx_commit(&tx);
    if (e) cx->why = str_dup(outer, cx->why);
    cx->arena = outer;
    TRY(e);
    arena_reset(batch);
    if (size->progress) size->progress(size->arg, i, size->requests);
  }
  return E_OK;
}
