/* channel/mail_in.c: see mail_in.h. */
#include "channel/mail_in.h"
#include "base/log.h"
#include "channel/fetch.h"
#include "desk/request.h"
#include "text/caps.h"
#include "text/json.h"

typedef struct { const MailNew *in; int64_t id; bool known; Str as; Taken taken; int64_t attempts; MailEntry entry; Str raw; } Step;

static Err store(Cx *cx, void *arg) {
  Step *s = arg;
  return mail_store(cx, s->in, &s->id, &s->known);
}

static Err take(Cx *cx, void *arg) {
  Step *s = arg;
  return mail_take(cx, s->id, s->as, &s->taken);
}

static Err count(Cx *cx, void *arg) {
  Step *s = arg;
  return mail_attempt(cx, s->id, &s->attempts);
}

static Err give_up(Cx *cx, void *arg) {
  Step *s = arg;
  return mail_give_up(cx, s->id, s->attempts);
}

static Err entry_of(Cx *cx, void *arg) {
  Step *s = arg;
  return mail_get(cx, s->id, &s->entry);
}

static Err bytes_put(Cx *cx, void *arg) {
  Step *s = arg;
  return mail_bytes(cx, s->id, s->raw);
}

static Err still_not(Cx *cx, void *arg) {
  Step *s = arg;
  return mail_end(cx, s->id, &(MailEnd){ .outcome = S("quarantined"), .reason = s->raw });
}

/* With the clock of the moment, not that of the look that began it. */
static Err write_lane(Cx *cx, Lanes *lanes, LaneFn *fn, void *arg) {
  cx->now = 0;
  return lane_run(lanes, LANE_WRITE, cx, fn, arg);
}

/* The mail server would not hand it over then; does it now? */
static Err bytes_at_last(Cx *cx, Lanes *lanes, Step *s) {
  Err e = fetch_again(cx, lanes, &s->entry, &s->raw);
  if (e) s->raw = str_cat(cx->arena, S("The mail server could not hand the message over: "), cx->why);
  return write_lane(cx, lanes, e ? still_not : bytes_put, s);
}

Err mail_in(Cx *cx, Lanes *lanes, const MailNew *in, Taken *ret, bool *ret_known) {
  Step s = { .in = in, .as = in->as };
  TRY(write_lane(cx, lanes, store, &s));
  if (ret_known) *ret_known = s.known;
  if (s.known) { *ret = (Taken){ .mail_id = s.id, .outcome = S("duplicate"), .reason = S("It was fetched before.") }; return E_OK; }
  Err e = write_lane(cx, lanes, take, &s);
  *ret = s.taken;
  if (!e) return E_OK;
  log_warn("mail %lld is stored and will be taken in soon: " STR_FMT, (long long)s.id, STR_ARG(cx->why));
  *ret = (Taken){ .mail_id = s.id, .outcome = S("held"), .reason = S("It is stored safely and will be taken in shortly.") };
  return E_OK;
}

Str mail_in_json(Arena *a, const Taken *t) {
  Buf b = { .arena = a };
  JsonOut w = { .to = &b };
  json_obj(&w);
  JSON(&w, "outcome", t->outcome);
  if (t->request_id) JSON(&w, "request", request_ref(a, t->request_id));
  if (t->message) JSON(&w, "message", t->message);
  JSON(&w, "reason", t->reason);
  JSON(&w, "mail", t->mail_id);
  json_end(&w);
  buf_char(&b, '\n');
  return buf_str(&b);
}

MailNew mail_in_whole(Arena *a, Str mailbox, Str raw, int64_t size) {
  MailNew in = { .mailbox = mailbox, .raw = raw };
  if (size <= CAP_MAIL_BYTES) return in;
  in.raw = str_head(raw, MAIL_BEGINNING);
  in.as = str_fmt(a, "oversize:%lld", (long long)size);
  return in;
}

Err mail_take_carry(Cx *cx, Lanes *lanes, const Job *job) {
  Str id, as;
  str_cut(job->body, ' ', &id, &as);
  Step s = { .as = as };
  if (!str_int(id, &s.id)) return E_OK;
  TRY(write_lane(cx, lanes, count, &s));
  if (s.attempts > MAIL_TRIES) return write_lane(cx, lanes, give_up, &s);
  TRY(lane_run(lanes, LANE_READ, cx, entry_of, &s));
  if (!s.entry.size && s.entry.uid) TRY(bytes_at_last(cx, lanes, &s));
  return write_lane(cx, lanes, take, &s);
}
