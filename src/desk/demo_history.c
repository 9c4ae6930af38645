/* desk/demo_history.c: the months before today, written fast: each request is played through the loop in memory and its rows
   are written once, a thousand requests at a time (demo_rows.c). What the rows say is what the loop says; demo_verify is
   `cornerdesk verify` like for any other store. */
#include "desk/demo_play.h"
#include "measure/moment.h"
#include "store/fill.h"

/* How a request goes. Letters: p promise, r report, a accept, n not yet, c counter, o accept-offer, v revoke, q ask, s answer,
   d decline, w withdraw, l lapse, R a report that comes late, D promise due at once and report (a direct answer). */
static const struct { const char *acts; int easy, hard; } fates[] = {
  { "Da", 25, 9 }, { "pra", 38, 14 }, { "pRa", 1, 30 }, { "prnra", 12, 11 }, { "pRnra", 0, 10 }, { "cora", 6, 4 }, { "pvora", 4, 4 }, { "qspra", 10, 8 }, { "prl", 6, 5 },
  { "d", 2, 2 }, { "w", 2, 1 }, { "pw", 0, 2 },
};
/* Of a hundred requests, how many go badly: of people who have it hard, and of the others. By team: 0 desk, 1 HR, 2 facilities, 3 finance. */
static const struct { int hard, easy; } goes_badly[] = { { 70, 2 }, { 52, 1 }, { 92, 4 }, { 80, 3 } };

static const char *fate_pick(Rng *rng, bool hard) {
  int all = 0, at;
#define WEIGHT(i) (hard ? fates[i].hard : fates[i].easy)
  for (size_t i = 0; i < COUNT(fates); i++) all += WEIGHT(i);
  at = (int)rng_below(rng, (uint64_t)all);
  for (size_t i = 0; i < COUNT(fates); i++) if ((at -= WEIGHT(i)) < 0) return fates[i].acts;
#undef WEIGHT
  return fates[0].acts;
}

/* So long ago a desk was opened that answers at night as well: since then a first answer comes sooner, and a control chart says so. */
#define NIGHT_DESK (66 * DAY)

/* A while of working time after `at`, mostly short, sometimes long; a while of the asker's is around the clock. */
static int64_t later(DemoPlace *p, int64_t at, int64_t typical, bool ours) {
  int64_t span = typical / 4 + (int64_t)(rng_unit(&p->rng) * rng_unit(&p->rng) * 3.0 * (double)typical) + (int64_t)rng_below(&p->rng, SECOND);
  int64_t due;
  if (ours && calendar_due(p->hours, at, span, &due)) return due;
  return at + span;
}

Err demo_step(Cx *cx, DemoPlay *y, LoopAct act, LoopSide side, int64_t by, int64_t due) {
  cx->actor = side == LOOP_SYSTEM ? (Actor){ .system = true } : (Actor){ .party = by };
  if (y->act_n == COUNT(y->acts)) return fail(cx, E_BROKEN, "a sample request has no room for more than %zu acts", y->act_n);
  TRY(ledger_next(cx, &y->r, &y->loop, &(LedgerNew){ .act = act, .side = side, .at = y->at, .due = due, .channel = y->r.channel, .body = y->body }, &y->acts[y->act_n]));
  y->body = S("");
  y->act_n++;
  return E_OK;
}

static Str filled(Cx *cx, const char *text, int64_t number) {
  Str s = str_z(text), head, tail;
  size_t at = str_find(s, S("{}"));
  if (at == SIZE_MAX) return s;
  head = str_head(s, at);
  tail = str_from(s, at + 2);
  return str_fmt(cx->arena, STR_FMT "%lld" STR_FMT, STR_ARG(head), (long long)number, STR_ARG(tail));
}

static void say(Cx *cx, DemoPlay *y, const char *text, LoopSide side, int64_t by) {
  if (y->said_n < COUNT(y->said)) y->said[y->said_n++] = (DemoSaid){ .text = filled(cx, text, y->number), .side = side, .by = by, .at = y->at, .act_seq = (int)y->r.acts };
}

void demo_promised(DemoPlay *y, int64_t due, int64_t by, bool offered) {
  if (y->promised_n == COUNT(y->promised)) return;
  y->promised[y->promised_n] = (DemoPromised){ .due = due, .at = y->at, .by = by, .version = (int)y->promised_n + 1, .state = offered ? "offered" : "in force",
                                           .from = offered ? 0 : y->at };
  y->promised_n++;
}
void demo_promise_ends(DemoPlay *y, const char *state) {
  for (size_t i = 0; i < y->promised_n; i++)
    if (!strcmp(y->promised[i].state, "in force")) { y->promised[i].state = state; y->promised[i].until = y->at; }
}

static void verdict_not_yet(DemoPlace *, DemoPlay *, Str words);

/* Some go on by another channel than they came by. */
static void went_on(DemoPlace *p, DemoPlay *y) {
  if (!y->said_n || rng_below(&p->says, 4)) return;
  y->said[y->said_n - 1].channel = str_eq(y->r.channel, S("phone")) ? S("mail") : S("phone");
  y->switched = true;
}

/* A promise; some with what good looks like, where they said so before the work. */
static void promised(DemoPlace *p, DemoPlay *y, int64_t due, int64_t by, bool offered) {
  static const char *const said[] = {
    "[\"It works before the shift begins\"]", "[\"I can do it myself next time\"]", "[\"Somebody tells me when it is done\",\"Nothing of mine is lost\"]",
    "[\"It is right on the payslip of this month\"]", "[\"No more forms\"]",
  };
  size_t n = y->promised_n;
  demo_promised(y, due, by, offered);
  if (y->promised_n > n && rng_below(&p->says, 5) < 2) y->promised[n].conditions = said[rng_below(&p->says, COUNT(said))];
}

/* One letter of a fate. false: it would be in the future, so the request stands as it is. */
static Err turn(Cx *cx, DemoPlace *p, DemoPlay *y, char act, int64_t owner, bool *ret_more) {
  const DemoTopic *t = y->topic;
  int64_t asker = y->r.asker_id;
  bool ours = strchr("prRDcvqd", act) != NULL;
  int64_t typical = act == 'r' || act == 'n' || act == 'a' ? 5 * HOUR : act == 'l' ? 14 * DAY : act == 'p' || act == 'q' || act == 'D' || act == 'c' ? 50 * MINUTE : 3 * HOUR;
  bool first = ours && y->act_n == 1, before = y->at < cx->now - NIGHT_DESK;
  int64_t at = act == 'l' ? y->at + 14 * DAY : later(p, y->at, first && before ? 4 * typical : typical, ours && !(first && !before && rng_below(&p->says, 5) < 3));
  if (act == 'r' && y->loop.due && at > y->loop.due) at = y->at + (y->loop.due - y->at) / 2 > y->at ? y->at + (y->loop.due - y->at) / 2 : at;
  if (act == 'R') at = y->loop.due + HOUR + (int64_t)rng_below(&p->rng, DAY);
  if (at >= cx->now) { *ret_more = false; return E_OK; }
  y->at = at;
  int64_t due = later(p, y->at, 9 * HOUR, true) + 2 * HOUR;
  switch (act) {
    case 'D':
      TRY(demo_step(cx, y, LOOP_ACT_PROMISE, LOOP_PROVIDER, owner, y->at));
      promised(p, y, y->at, owner, false);
      TRY(demo_step(cx, y, LOOP_ACT_REPORT, LOOP_PROVIDER, owner, 0));
      say(cx, y, t->report, LOOP_PROVIDER, owner);
      y->asked_at = y->at, y->report_seq = y->r.acts;
      break;
    case 'p':
      TRY(demo_step(cx, y, LOOP_ACT_PROMISE, LOOP_PROVIDER, owner, due));
      promised(p, y, due, owner, false);
      say(cx, y, t->promise, LOOP_PROVIDER, owner);
      break;
    case 'c':
      TRY(demo_step(cx, y, LOOP_ACT_COUNTER, LOOP_PROVIDER, owner, due + DAY));
      promised(p, y, due + DAY, owner, true);
      say(cx, y, t->promise, LOOP_PROVIDER, owner);
      break;
    case 'v':
      TRY(demo_step(cx, y, LOOP_ACT_REVOKE, LOOP_PROVIDER, owner, due + 2 * DAY));
      promised(p, y, due + 2 * DAY, owner, true);
      say(cx, y, "I promised too early, and say so before the hour: this is when I can really have it.", LOOP_PROVIDER, owner);
      break;
    case 'o':
      TRY(demo_step(cx, y, LOOP_ACT_ACCEPT_OFFER, LOOP_CUSTOMER, asker, 0));
      demo_promise_ends(y, "replaced");
      y->promised[y->promised_n - 1].state = "in force";
      y->promised[y->promised_n - 1].from = y->at;
      break;
    case 'q': TRY(demo_step(cx, y, LOOP_ACT_ASK, LOOP_PROVIDER, owner, 0)); say(cx, y, t->question, LOOP_PROVIDER, owner); break;
    case 's': TRY(demo_step(cx, y, LOOP_ACT_ANSWER, LOOP_CUSTOMER, asker, 0)); say(cx, y, t->answer, LOOP_CUSTOMER, asker); went_on(p, y); break;
    case 'r':
    case 'R':
      TRY(demo_step(cx, y, LOOP_ACT_REPORT, LOOP_PROVIDER, owner, 0));
      say(cx, y, y->not_yet ? t->again : t->report, LOOP_PROVIDER, owner);
      y->asked_at = y->at, y->report_seq = y->r.acts;
      break;
    case 'n':
      TRY(demo_step(cx, y, LOOP_ACT_NOT_YET, LOOP_CUSTOMER, asker, 0));
      say(cx, y, t->not_yet, LOOP_CUSTOMER, asker);
      went_on(p, y);
      verdict_not_yet(p, y, filled(cx, t->not_yet, y->number));
      y->not_yet = true;
      break;
    case 'a':
      TRY(demo_step(cx, y, LOOP_ACT_ACCEPT, LOOP_CUSTOMER, asker, 0));
      y->verdict_at = y->at;
      demo_promise_ends(y, str_cstr(cx->arena, loop_outcome_name(y->loop.outcome)));
      break;
    case 'l': TRY(demo_step(cx, y, LOOP_ACT_LAPSE, LOOP_SYSTEM, 0, 0)); demo_promise_ends(y, "silent"); break;
    case 'd':
      if (rng_below(&p->says, 4)) y->body = S("{\"where_else\":\"The works council, on Mondays\"}");
      TRY(demo_step(cx, y, LOOP_ACT_DECLINE, LOOP_PROVIDER, owner, 0));
      say(cx, y, "This is not ours to decide, and I don’t want you to wait for nothing. The works council meets on Mondays; I told them you would come.", LOOP_PROVIDER, owner);
      break;
    case 'w':
      TRY(demo_step(cx, y, LOOP_ACT_WITHDRAW, LOOP_CUSTOMER, asker, 0));
      demo_promise_ends(y, y->loop.outcome == LOOP_BROKEN ? "broken" : "withdrawn");
      break;
    default: break;
  }
  return E_OK;
}

/* ── what follows ────────────────────────────────────────────────────── */

/* A weighed choice: the index of one of the weights. */
static int64_t weighed(Rng *rng, const int *weights, size_t n) {
  int all = 0, at;
  for (size_t i = 0; i < n; i++) all += weights[i];
  at = (int)rng_below(rng, (uint64_t)all);
  for (size_t i = 0; i < n; i++) if ((at -= weights[i]) < 0) return (int64_t)i;
  return 0;
}
#define WEIGHED(rng, ...) weighed((rng), (const int[]){ __VA_ARGS__ }, COUNT(((const int[]){ __VA_ARGS__ })))

static bool helped(const DemoPlace *p, int64_t asker) {
  for (size_t i = 0; i < p->helped_n; i++) if (p->helped[i] == asker) return true;
  return false;
}

/* Mixed: not at once, and no harm done. */
typedef enum { TONE_GOOD, TONE_MIXED, TONE_BAD } Tone;
static Tone tone_of(const DemoPlay *y, bool late) { return y->hard && (late || y->not_yet) ? TONE_BAD : late || y->not_yet ? TONE_MIXED : TONE_GOOD; }

/* What else stands on the card: many leave out a question or two. */
static void verdict_more(DemoPlace *p, const DemoPlay *y, Verdict *v, Tone tone) {
  Rng *rng = &p->says;
  bool bad = tone == TONE_BAD, mixed = tone == TONE_MIXED;
  if (rng_below(rng, 10) < 7) v->satisfaction = 1 + (bad ? WEIGHED(rng, 20, 32, 26, 14, 8) : mixed ? WEIGHED(rng, 0, 3, 37, 42, 18) : WEIGHED(rng, 0, 1, 9, 32, 58));
  v->repeated = rng_below(rng, 10) < 6 ? (bad ? WEIGHED(rng, 40, 32, 28) : mixed ? WEIGHED(rng, 62, 36, 2) : y->switched ? WEIGHED(rng, 62, 35, 3) : WEIGHED(rng, 86, 13, 1)) : -1;
  if (rng_below(rng, 10) < 6) {
    bool late = y->r.bar_by ? v->asked_at > y->r.bar_by : tone != TONE_GOOD;
    static const char *const bar[] = { "below", "at", "above" };
    v->against_bar = str_z(bar[late ? WEIGHED(rng, 74, 23, 3) : WEIGHED(rng, 7, 66, 27)]);
  }
  v->honoured = helped(p, v->asked_of) && rng_below(rng, 5) ? (bad ? WEIGHED(rng, 55, 45) : WEIGHED(rng, 12, 88)) : -1;
}

/* "Not yet" is a verdict as well, on the report before it. */
static void verdict_not_yet(DemoPlace *p, DemoPlay *y, Str words) {
  Rng *rng = &p->says;
  Tone tone = y->hard ? TONE_BAD : TONE_MIXED;
  Verdict v = { .report_seq = y->report_seq, .asked_of = y->r.asker_id, .asked_at = y->asked_at, .answered_at = y->at, .lost_minutes = -1,
                .sorted = rng_below(rng, 3) ? S("no") : S("partly"), .ease = rng_below(rng, 2) ? (tone == TONE_BAD ? 1 : 3) + WEIGHED(rng, 5, 25, 30, 25, 15) : 0, .words = words };
  verdict_more(p, y, &v, tone);
  if (y->verdict_n < COUNT(y->verdicts) - 1) y->verdicts[y->verdict_n++] = v;
}

static void verdict_given(DemoPlace *p, DemoPlay *y) {
  if (!y->asked_at || y->loop.state == LOOP_PROMISED) return;              /* "not yet" was said to the last report */
  Tone tone = tone_of(y, y->loop.outcome == LOOP_BROKEN);
  bool bad = tone == TONE_BAD;
  const char *words = tone != TONE_GOOD ? demo_blame[rng_below(&p->rng, demo_blame_count)] : demo_praise[rng_below(&p->rng, demo_praise_count)];
  bool said = y->verdict_at != 0;
  int64_t ease = !said || !rng_below(&p->rng, 3) ? 0 : bad ? 1 + (int64_t)rng_below(&p->rng, 5) : (tone == TONE_GOOD ? 5 : 4) + (int64_t)rng_below(&p->rng, 3);
  bool moment = said && !rng_below(&p->rng, 25), rude = moment && bad && rng_below(&p->says, 4);
  const char *told = !moment ? "" : rude ? demo_bad_moments[rng_below(&p->rng, demo_bad_moment_count)] : demo_moments[rng_below(&p->rng, demo_moment_count)];
  int64_t lost = said && !rng_below(&p->rng, 2) ? 5 * (int64_t)(1 + rng_below(&p->rng, bad ? 48 : 6)) : -1;
  Verdict *v = &y->verdicts[y->verdict_n++];
  *v = (Verdict){ .report_seq = y->report_seq, .asked_of = y->r.asker_id, .asked_at = y->asked_at, .answered_at = y->verdict_at, .ease = ease,
                  .lost_minutes = lost, .sorted = said ? S("yes") : S(""), .moment = str_z(told), .moment_kind = !moment ? S("") : rude ? S("bad") : S("good"),
                  .words = said ? str_z(words) : S(""), .repeated = -1, .honoured = -1 };
  if (said) verdict_more(p, y, v, tone);
}

/* After a bad moment somebody mostly speaks with them. Later than what was played, so the request's own hours stay as they are. */
void demo_make_good(Cx *cx, DemoPlace *p, DemoPlay *y, int64_t owner) {
  const Verdict *v = y->verdict_n ? &y->verdicts[y->verdict_n - 1] : NULL;
  bool hurt = v && v->answered_at == y->at && moment_bad(&(Moment){ .satisfaction = v->satisfaction, .ease = v->ease, .repeated = v->repeated });
  hurt |= y->loop.state == LOOP_WITHDRAWN && y->loop.outcome == LOOP_BROKEN;
  int64_t at = hurt ? y->at + 5 * MINUTE + (int64_t)(rng_unit(&p->says) * rng_unit(&p->says) * 3.0 * (double)HOUR) : 0, due;
  if (!hurt || (!rng_below(&p->says, 12) && y->at > cx->now - 30 * DAY)) return;
  if (calendar_due(p->hours, y->at, at - y->at, &due)) at = due;
  if (at >= cx->now || y->said_n == COUNT(y->said)) return;
  int64_t last = y->at;
  y->at = at;
  say(cx, y, demo_sorry[rng_below(&p->says, demo_sorry_count)], LOOP_PROVIDER, owner);
  y->said[y->said_n - 1].act_seq = 0;                     /* said with no act */
  y->at = last;
}

/* The request as it stands at the end of what was played. */
void demo_row_follow(Cx *cx, DemoPlay *y) {
  Request *r = &y->r;
  const Loop *l = &y->loop;
  bool over = loop_ended(l->state);
  for (size_t i = 0; i < y->said_n; i++) if (!y->said[i].note) r->excerpt = y->said[i].text;
  r->excerpt = str_ellipsis(cx->arena, r->excerpt, 120);
  r->court = over ? S("done") : l->ball == LOOP_PROVIDER ? S("us") : S("them");
  r->version = r->acts;
  r->messages = (int64_t)y->said_n;
  r->rework = l->rework;
  r->outcome = loop_outcome_name(l->outcome);
  r->due_at = l->version ? l->due : r->hear_at;
  r->waiting_at = r->updated_at = y->at;
  r->reported_at = l->reported;
  r->ended_at = over ? y->at : 0;
}

/* What the ticker waits for, as if this had been done through act.c. */
Err demo_expect(Cx *cx, const DemoPlay *y) {
  if (y->loop.state == LOOP_REPORTED) return verdict_expect(cx, y->r.id, y->report_seq, y->asked_at);
  return y->loop.state == LOOP_PROMISED ? act_watch(cx, y->r.id, y->loop.due) : E_OK;
}

/* ── one request ─────────────────────────────────────────────────────── */

static int64_t owner_by(Rng *rng, const DemoPlace *p, int team) {
  int64_t fit[8];
  size_t n = 0;
  for (size_t i = 0; i < demo_server_count && n < COUNT(fit); i++) if (demo_servers[i].team == team) fit[n++] = p->servers[i];
  return fit[rng_below(rng, n)];
}
static int64_t owner_of(DemoPlace *p, int team) { return owner_by(&p->rng, p, team); }

static void begin(Cx *cx, DemoPlace *p, int64_t at, DemoPlay *y) {
  size_t who = rng_below(&p->rng, 5) ? rng_below(&p->rng, p->asker_n) : rng_below(&p->rng, demo_asker_count);
  const DemoTopic *t = &demo_topics[rng_below(&p->rng, demo_topic_count)];
  if (who < demo_asker_count)                            /* named people keep to their language where a topic has it */
    for (int tries = 0; tries < 12 && strcmp(t->lang, demo_askers[who].lang); tries++) t = &demo_topics[rng_below(&p->rng, demo_topic_count)];
  *y = (DemoPlay){ .topic = t, .number = 100 + (int64_t)rng_below(&p->rng, 900), .at = at };
  y->hard = (int)rng_below(&p->rng, 100) < (p->hard[who] ? goes_badly[t->service].hard : goes_badly[t->service].easy);
  y->r = (Request){
    .asker_id = p->askers[who], .organisation_id = p->employers[who], .service_id = p->services[t->service], .team_id = p->teams[t->service], .kind = strncmp(t->subject, "What if", 7) ? S("help") : S("whatif"),
    .subject = filled(cx, t->subject, y->number), .created_at = at, .since_at = at - (rng_below(&p->rng, 5) ? 0 : (int64_t)rng_below(&p->rng, 2 * HOUR)),
    .channel = rng_below(&p->rng, 3) ? S("mail") : rng_below(&p->rng, 4) ? S("page") : S("phone"), .lang = str_z(t->lang),
  };
  int64_t due;
  y->r.hear_at = calendar_due(p->hours, at, 4 * HOUR, &due) ? due : at + 4 * HOUR;
  if (!rng_below(&p->says, 3)) y->r.bar_by = calendar_due(p->hours, at, (8 + 8 * (int64_t)rng_below(&p->says, 4)) * HOUR, &due) ? due : 0;
}

/* A colleague steps in for a while and says so. */
static void taken_over(Cx *cx, DemoPlace *p, DemoPlay *y, int64_t owner) {
  size_t n = y->said_n;
  int64_t other = owner;
  for (int tries = 0; tries < 4 && other == owner; tries++) other = owner_by(&p->says, p, y->topic->service);
  if (other == owner) return;
  say(cx, y, "I look after this while my colleague is away, and have read all of it. Nothing changes for you.", LOOP_PROVIDER, other);
  if (y->said_n > n) y->said[n].act_seq = 0;
}

static Err one(Cx *cx, DemoPlace *p, int64_t id, int64_t at, int64_t extra, DemoPlay *y) {
  begin(cx, p, at, y);
  y->r.id = id;
  TRY(demo_step(cx, y, LOOP_ACT_REQUEST, LOOP_CUSTOMER, y->r.asker_id, 0));
  say(cx, y, y->topic->text, LOOP_CUSTOMER, y->r.asker_id);
  int64_t owner = owner_of(p, y->topic->service);
  bool more = true;
  for (const char *f = fate_pick(&p->rng, y->hard); *f && more; f++) {
    TRY(turn(cx, p, y, *f, owner, &more));
    if (more && *f != 'w') y->r.owner_id = owner;
    if (more && *f == 'p' && !rng_below(&p->says, 6)) taken_over(cx, p, y, owner);
    if (more && !rng_below(&p->rng, 12)) {
      say(cx, y, "Seen this before; the note in the team’s book helps.", LOOP_PROVIDER, owner);
      y->said[y->said_n - 1].note = true;
    }
  }
  for (int64_t i = 0; i < extra && y->said_n < COUNT(y->said); i++)
    say(cx, y, i % 2 ? y->topic->answer : y->topic->question, i % 2 ? LOOP_CUSTOMER : LOOP_PROVIDER, i % 2 ? y->r.asker_id : owner);
  verdict_given(p, y);
  demo_make_good(cx, p, y, owner);
  demo_row_follow(cx, y);
  return E_OK;
}

/* ── many ────────────────────────────────────────────────────────────── */

enum { BATCH = 1000 };

/* Requests number `from` and the n - 1 after it, of all of size. messages: so many there are before, and after. */
static Err batch_make(Cx *cx, const DemoSize *size, DemoPlace *p, int64_t from, size_t n, int64_t *messages) {
  const int64_t span = 120 * DAY;
  DemoPlay *plays = NEW_N(cx->arena, DemoPlay, n);
  int64_t *ids;
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(fill_ids(cx, SQL("request"), n, &ids));
  for (size_t k = 0; k < n; k++) {
    int64_t i = from + (int64_t)k;
    int64_t at = cx->now - span + (int64_t)((double)span * ((double)i + rng_unit(&p->rng)) / (double)size->requests);
    int64_t want = size->messages ? size->messages * (i + 1) / size->requests - *messages - 3 : 0;
    TRY(one(cx, p, ids[k], at, want > 0 ? want : 0, &plays[k]));
    *messages += (int64_t)plays[k].said_n;
  }
  TRY(demo_rows_write(cx, plays, n));
  for (size_t k = 0; k < n; k++) TRY(demo_expect(cx, &plays[k]));
  return tx_commit(&tx);
}

Err demo_history_make(Cx *cx, const DemoSize *size, DemoPlace *p) {
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *batch = arena_new((size_t)1 << 30);
  int64_t messages = 0;
  for (int64_t i = 0; i < size->requests; ) {
    size_t n = size->requests - i < BATCH ? (size_t)(size->requests - i) : BATCH;
    cx->arena = batch;
    Err e = batch_make(cx, size, p, i, n, &messages);
    if (e) cx->why = str_dup(outer, cx->why);
    cx->arena = outer;
    TRY(e);
    arena_reset(batch);
    i += (int64_t)n;
    if (size->progress) size->progress(size->arg, i, size->requests);
  }
  return E_OK;
}
