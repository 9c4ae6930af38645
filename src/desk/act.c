/* desk/act.c: doing an act. One path for pages, mail and programs. */
#include "desk/act.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/promise.h"
#include "desk/service.h"
#include "desk/site.h"
#include "desk/touch.h"
#include "desk/verdict.h"
#include "store/job.h"
#include "text/json.h"

/* ── the request row after an act ────────────────────────────────────── */

static bool ours(const Request *r) { return str_eq(r->ball, S("provider")); }

/* By when the asker must hear or have something, now that the loop stands so. */
static Err due_now(Cx *cx, const Loop *l, Request *r) {
  if (l->version > 0 && l->state != LOOP_REVOKED) { r->due_at = l->due; return E_OK; }
  if (!ours(r)) return E_OK;
  Service s;
  TRY(service_get(cx, r->service_id, &s));
  TRY(service_hear_at(cx, &s, cx->now, &r->hear_at));
  r->due_at = r->hear_at;
  return E_OK;
}

static Err row_follow(Cx *cx, const Request *was, const Loop *l, Request *r) {
  r->court = loop_ended(l->state) ? S("done") : ours(r) ? S("us") : S("them");
  r->rework = l->rework;
  r->outcome = loop_outcome_name(l->outcome);
  r->reported_at = l->reported;
  r->ended_at = loop_ended(l->state) ? cx->now : 0;
  if (!str_eq(was->ball, r->ball)) r->waiting_at = cx->now;
  return str_eq(was->ball, r->ball) && str_eq(was->state, r->state) ? E_OK : due_now(cx, l, r);
}

/* ── what an act does to the promises ────────────────────────────────── */

static Err replace(Cx *cx, const Request *r, Str state) {
  return r->promise_id ? promise_state(cx, r->promise_id, state, cx->now) : E_OK;
}

static Err promise_made(Cx *cx, Request *r, const ActNew *in, bool offered) {
  PromiseNew p = { .due = in->due, .at = cx->now, .words = in->text, .conditions = in->conditions, .n = in->condition_n,
                   .promiser = cx->actor.party, .offered = offered };
  int64_t id;
  if (!offered) TRY(replace(cx, r, S("replaced")));
  TRY(promise_new(cx, r->id, &p, &id));
  if (!offered) r->promise_id = id;
  return E_OK;
}

static Err offer_taken(Cx *cx, Request *r) {
  Promise p;
  TRY(promise_offered(cx, r->id, &p));
  TRY(replace(cx, r, S("replaced")));
  r->promise_id = p.id;
  return promise_state(cx, p.id, S("in force"), cx->now);
}

static Err offer_refused(Cx *cx, Request *r) {
  Promise p;
  Err e = promise_offered(cx, r->id, &p);
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  return promise_state(cx, p.id, S("refused"), cx->now);
}

static Err ended(Cx *cx, Request *r, const Loop *l) {
  TRY(offer_refused(cx, r));
  return replace(cx, r, l->outcome ? loop_outcome_name(l->outcome) : S("withdrawn"));
}

static Err promises(Cx *cx, Request *r, const Loop *l, const ActNew *in) {
  switch (in->act) {
    case LOOP_ACT_PROMISE:      return promise_made(cx, r, in, false);
    case LOOP_ACT_OFFER:
    case LOOP_ACT_COUNTER:
    case LOOP_ACT_REVOKE:       return promise_made(cx, r, in, true);
    case LOOP_ACT_ACCEPT_OFFER: return offer_taken(cx, r);
    case LOOP_ACT_COUNTER_BACK: return offer_refused(cx, r);
    case LOOP_ACT_NOT_YET:      return replace(cx, r, S("in force"));      /* taken up again after a lapse */
    case LOOP_ACT_ACCEPT:
    case LOOP_ACT_LAPSE:
    case LOOP_ACT_WITHDRAW:     return ended(cx, r, l);
    default:                    return E_OK;
  }
}

/* ── what has to happen later ────────────────────────────────────────── */

static Str due_key(Cx *cx, int64_t request) { return str_fmt(cx->arena, "overdue:%lld", (long long)request); }

Err act_watch(Cx *cx, int64_t request, int64_t due) {
  return job_put(cx, S("overdue"), due_key(cx, request), due, str_fmt(cx->arena, "%lld %lld", (long long)request, (long long)due));
}

/* The question was answered, or nobody asks any more: what still waits to be sent with it stays here. */
static Err asked_no_more(Cx *cx, const Request *r) {
  return outbox_let_go(cx, r->id, S("reminder"), S("It was answered before this left."));
}

static Err jobs(Cx *cx, const Request *r, const Loop *l, const ActNew *in) {
  switch (in->act) {
    case LOOP_ACT_NOT_YET:
      TRY(asked_no_more(cx, r));
      /* fall through */
    case LOOP_ACT_PROMISE:
    case LOOP_ACT_ACCEPT_OFFER:
      return l->due > cx->now ? act_watch(cx, r->id, l->due) : E_OK;
    case LOOP_ACT_REPORT:
      return verdict_ask(cx, r, r->acts);
    case LOOP_ACT_ACCEPT:
    case LOOP_ACT_WITHDRAW:
      TRY(asked_no_more(cx, r));
      return job_drop(cx, due_key(cx, r->id));
    default: return E_OK;
  }
}

Err act_overdue(Cx *cx, Str body) {
  Str id, due;
  int64_t request, hour;
  if (!str_cut(body, ' ', &id, &due) || !str_int(id, &request) || !str_int(due, &hour)) return E_OK;
  Request r;
  Err e = request_get(cx, request, &r);
  if (e == E_ABSENT) return E_OK;
  TRY(e);
  if (!str_eq(r.state, S("PROMISED")) || r.due_at != hour) return E_OK;
  Request was = r;
  TRY(touch_new(cx, r.id, S("overdue"), r.owner_id, S("")));
  TRY(request_save(cx, &was, &r, S("overdue"), true));
  if (!r.owner_id) return E_OK;
  int64_t out;
  return outbox_put(cx, &(OutboxNew){ .kind = S("notice"), .request_id = r.id, .to_id = r.owner_id, .subject = r.subject, .auto_ = true,
                                      .extra = S("{\"notice\":\"overdue\"}") }, &out);
}

/* ── doing it ────────────────────────────────────────────────────────── */

static LoopSide side_of_act(LoopAct a) {
  static const unsigned customer = 1u << LOOP_ACT_REQUEST | 1u << LOOP_ACT_ACCEPT_OFFER | 1u << LOOP_ACT_COUNTER_BACK |
    1u << LOOP_ACT_WITHDRAW | 1u << LOOP_ACT_ACCEPT | 1u << LOOP_ACT_NOT_YET | 1u << LOOP_ACT_AMEND;
  return customer >> a & 1 ? LOOP_CUSTOMER : a == LOOP_ACT_LAPSE ? LOOP_SYSTEM : LOOP_PROVIDER;
}

static Err check_side(Cx *cx, const Request *r, LoopAct act, LoopSide *ret) {
  Standing is;
  TRY(request_standing(cx, r, &is));
  LoopSide need = side_of_act(act);
  *ret = need;
  if (act == LOOP_ACT_ASK || act == LOOP_ACT_ANSWER) {
    *ret = is.side;
    if (is.side == LOOP_CUSTOMER || is.side == LOOP_PROVIDER) return E_OK;
  }
  if (is.side == need) return E_OK;
  if (need == LOOP_CUSTOMER) return fail(cx, E_DENIED, N_("Only the person who asked can say that."));
  if (need == LOOP_SYSTEM) return fail(cx, E_DENIED, N_("Only time can do that."));
  return request_must_serve(cx, r);
}

static bool known(Str s, const char *words) {
  Str rest = str_z(words), word;
  while (rest.n) { str_cut(rest, ' ', &word, &rest); if (str_eq(s, word)) return true; }
  return false;
}

static Err check_input(Cx *cx, const Request *r, const ActNew *in) {
  TRY(request_check_version(cx, r, in->version));
  if (loop_needs_reason(in->act) && !str_trim(in->text).n)
    return fail_field(cx, "text", in->act == LOOP_ACT_NOT_YET ? "Say what is still missing." : "Say why; it matters to the person who asked.");
  if (loop_needs_due(in->act) && in->due < cx->now)
    return fail_field(cx, "due", in->due ? "That hour has passed. Choose one that is still to come." : "Say by when.");
  if (in->condition_n > 20) return fail_field(cx, "conditions", N_("Twenty conditions are the most a promise can have."));
  for (size_t i = 0; i < in->condition_n; i++)
    if (in->conditions[i].n > 1000) return fail_field(cx, "conditions", N_("A condition is a sentence. Please put the rest into the message."));
  if (in->where_else.n > 1000) return fail_field(cx, "where_else", N_("Say in a sentence who can help instead."));
  if (in->ease < 0 || in->ease > 7) return fail_field(cx, "ease", N_("Ease is a number from 1 to 7."));
  if (in->sorted.n && !known(in->sorted, "yes partly no")) return fail_field(cx, "sorted", N_("Sorted is yes, partly or no."));
  if (in->against_bar.n && !known(in->against_bar, "below at above")) return fail_field(cx, "against_bar", N_("Against the bar is below, at or above."));
  if (in->satisfaction < 0 || in->satisfaction > 5) return fail_field(cx, "satisfaction", N_("All in all is a number from 1 to 5."));
  if (in->repeated < -1 || in->repeated > 2) return fail_field(cx, "repeated", N_("Explained again is 0 for no, 1 for once, 2 for more than once."));
  if (in->honoured < -1 || in->honoured > 1) return fail_field(cx, "honoured", N_("Did we do what helps you: 1 for yes, 0 for no."));
  if (in->moment_kind.n && !known(in->moment_kind, "good bad")) return fail_field(cx, "moment_kind", N_("A moment is good or bad."));
  if (in->act == LOOP_ACT_ACCEPT && in->sorted.n && !str_eq(in->sorted, S("yes")))
    return fail_field(cx, "sorted", "If it is not sorted, say \"not yet\".");
  if (in->act == LOOP_ACT_NOT_YET && str_eq(r->state, S("LAPSED")) && cx->now > r->ended_at + cx->site->reopen_within)
    return fail(cx, E_CONFLICT, N_("This was closed long ago. Ask again, and we link the two."));
  return E_OK;
}

Str act_said(const ActNew *in) { return str_trim(in->reply_end > 0 ? str_head(in->text, (size_t)in->reply_end) : in->text); }

static Str body_json(Cx *cx, const ActNew *in) {
  Buf b = { .arena = cx->arena };
  JsonOut w = { .to = &b };
  json_obj(&w);
  Str words = act_said(in);
  if (words.n) JSON(&w, "text", str_head(words, 20000));
  if (in->due) JSON_TIME(&w, "due", in->due);
  if (in->where_else.n) JSON(&w, "where_else", in->where_else);
  if (in->sorted.n) JSON(&w, "sorted", in->sorted);
  if (in->condition_n) {
    JSON_ARR(&w, "conditions");
    for (size_t i = 0; i < in->condition_n; i++) json_put_str(&w, in->conditions[i]);
    json_end(&w);
  }
  json_end(&w);
  return buf_str(&b);
}

/* The words become a message of the conversation. */
static Err words(Cx *cx, Request *r, const ActNew *in, LoopSide side, int64_t *ret_message) {
  *ret_message = 0;
  if (!str_trim(in->text).n && !in->attachment_n) return E_OK;
  MessageNew m = { .text = in->text, .format = in->format, .html = in->html, .lang = in->lang, .channel = in->channel,
                   .reply_end = in->reply_end, .mail_id = in->mail_id,
                   .attachments = in->attachments, .attachment_n = in->attachment_n };
  return message_keep(cx, r, &(MessageKeep){ .in = &m, .author_id = cx->actor.party, .act_seq = r->acts, .side = side }, ret_message);
}

/* The asker hears of everything we do; we see in the inbox what they do. */
static Err tell(Cx *cx, const Request *r, const ActNew *in, LoopSide side, int64_t message) {
  if (side != LOOP_PROVIDER) return E_OK;
  Str extra = str_fmt(cx->arena, "{\"act\":\"" STR_FMT "\",\"seq\":%lld}", STR_ARG(loop_act_name(in->act)), (long long)r->acts);
  return message_tell(cx, r, message, extra);
}

static Err act_one(Cx *cx, Request *r, const ActNew *in, bool says, bool tells) {
  LoopSide side;
  TRY(check_side(cx, r, in->act, &side));
  TRY(check_input(cx, r, in));
  Request was = *r;
  Loop l;
  TRY(ledger_loop(cx, r->id, &l));
  LedgerNew entry = { .act = in->act, .side = side, .at = cx->now, .due = loop_needs_due(in->act) ? in->due : 0, .channel = in->channel,
                      .body = body_json(cx, in) };
  TRY(ledger_append(cx, r, &l, &entry));
  TRY(promises(cx, r, &l, in));
  TRY(row_follow(cx, &was, &l, r));
  bool takes = side == LOOP_PROVIDER && !r->owner_id && !cx->actor.system;
  if (takes) r->owner_id = cx->actor.party;
  int64_t message = 0;
  if (says) TRY(words(cx, r, in, side, &message));
  TRY(request_save(cx, &was, r, S("act"), false));
  if (takes) TRY(touch_new(cx, r->id, S("owner"), r->owner_id, S("chosen")));
  if (in->act == LOOP_ACT_ACCEPT || in->act == LOOP_ACT_NOT_YET) TRY(verdict_answer(cx, r, in));
  TRY(jobs(cx, r, &l, in));
  return tells ? tell(cx, r, in, side, message) : E_OK;
}

Err act_do(Cx *cx, Request *r, const ActNew *in) {
  if (in->act == LOOP_NO_ACT || in->act == LOOP_ACT_REQUEST) return fail_field(cx, "act", N_("There is no such act here."));
  return act_one(cx, r, in, true, true);
}

Err act_answer(Cx *cx, Request *r, const ActNew *in) {
  ActNew report = *in;
  report.act = LOOP_ACT_REPORT;
  LoopState now = loop_state_of(r->state);
  if (now == LOOP_REQUESTED || now == LOOP_AMENDING) {
    ActNew promise = { .act = LOOP_ACT_PROMISE, .channel = in->channel, .version = in->version };
    promise.due = now == LOOP_AMENDING && r->due_at > cx->now ? r->due_at : cx->now;
    TRY(act_one(cx, r, &promise, false, false));
    report.version = 0;
  }
  return act_one(cx, r, &report, true, true);
}

Err act_clarify(Cx *cx, Request *r, LoopAct act, LoopSide side, Str channel) {
  Request was = *r;
  Loop l;
  TRY(ledger_loop(cx, r->id, &l));
  TRY(ledger_append(cx, r, &l, &(LedgerNew){ .act = act, .side = side, .at = cx->now, .channel = channel }));
  return row_follow(cx, &was, &l, r);
}

Err act_open(Cx *cx, Request *r, Str channel) {
  Loop l = { 0 };
  return ledger_append(cx, r, &l, &(LedgerNew){ .act = LOOP_ACT_REQUEST, .side = LOOP_CUSTOMER, .at = cx->now, .channel = channel });
}

Err act_allowed(Cx *cx, const Rows *acts, LoopSide side, unsigned *ret) {
  Loop l;
  TRY(ledger_replay(cx, acts, &l));
  *ret = loop_allowed(&l, side);
  return E_OK;
}
