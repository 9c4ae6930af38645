/* channel/send.c: see send.h. */
#include "channel/send.h"
#include "base/log.h"
#include "base/random.h"
#include "channel/compose.h"
#include "channel/smtp.h"
#include "desk/mailbox.h"
#include "desk/message.h"
#include "desk/party.h"
#include "desk/seal.h"
#include "desk/setting.h"
#include "desk/site.h"

enum { AT_ONCE = 20 };
#define LEASE   (10 * MINUTE)
#define LIFE    (5 * DAY)
#define NOWHERE (15 * MINUTE)          /* without a server: how often the rows are looked at again */
#define REFUSED (60 * DAY)
#define ELSEWHERE (5 * SECOND)        /* another program or node may have put something there */

/* ---- when, and where */

int64_t send_again_at(int64_t now, int64_t created_at, int64_t tries, uint64_t dice) {
  static const int64_t waits[] = { MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR };
  if (now >= created_at + LIFE) return 0;
  int64_t wait = waits[tries < (int64_t)COUNT(waits) ? tries : (int64_t)COUNT(waits) - 1];
  return now + wait - wait / 5 + (int64_t)(dice % (uint64_t)(wait / 5 * 2 + 1));
}

Err send_server(Cx *cx, WireUrl *ret) {
  if (cx->site->mail_out.n) return wire_url(cx, cx->site->mail_out, "smtp", ret);
  Str url, account, sealed;
  TRY(setting_get(cx, S("mail.out"), &url));
  if (!url.n) return fail(cx, E_ABSENT, "No mail server to send through is set yet; it waits here, nothing is lost.");
  TRY(setting_get(cx, S("mail.out.user"), &account));
  TRY(setting_get(cx, S("mail.out.secret"), &sealed));
  TRY(wire_url(cx, url, "smtp", ret));
  if (!account.n) return E_OK;
  ret->account = account;
  return seal_open(cx, sealed, &ret->secret);
}

/* ---- commands */

typedef struct {
  int64_t next;
  WireUrl server;
  Str     nowhere;              /* why there is no server, "" if there is one */
  Str     us;
  Rows    rows;
  const Outbox *row;
  Str     bytes;
  const SmtpAnswer *answer;
  uint64_t dice;
} Step;

static Err next_due(Cx *cx, void *arg) {
  Step *s = arg;
  TRY(outbox_next(cx, &s->next));
  if (!s->next || s->next > cx->now || cx->site->demo) return E_OK;
  TRY(mailbox_us(cx, &s->us));
  Err e = send_server(cx, &s->server);
  if (e != E_ABSENT && e != E_INVALID) return e;
  s->nowhere = cx->why;
  return E_OK;
}

static Err take_due(Cx *cx, void *arg) {
  Step *s = arg;
  return outbox_take(cx, LEASE, AT_ONCE, &s->rows);
}

/* The message as bytes: those of the first try, or written now and kept. */
static Err write_row(Cx *cx, void *arg) {
  Step *s = arg;
  Str hash;
  if (s->row->hash.n) return blob_get(cx, s->row->hash, &s->bytes);
  TRY(compose(cx, s->row, &s->bytes));
  TRY(blob_put(cx, s->bytes, &hash));
  return outbox_written(cx, s->row->id, hash);
}

static Err sent(Cx *cx, void *arg) {
  Step *s = arg;
  return outbox_sent(cx, s->row->id, s->answer ? s->answer->via : S("kept in the sample mailbox"));
}

static Err wait_here(Cx *cx, void *arg) {
  Step *s = arg;
  return outbox_wait(cx, s->row->id, cx->now + NOWHERE, s->nowhere);
}

/* Again later, or never. */
static Err not_taken(Cx *cx, void *arg) {
  Step *s = arg;
  const SmtpAnswer *a = s->answer;
  int64_t again = a->fate == SMTP_NEVER ? 0 : send_again_at(cx->now, s->row->created_at, s->row->attempts, s->dice);
  if (again) return outbox_retry(cx, s->row->id, again, a->fault);
  TRY(outbox_failed(cx, s->row->id, a->fault));
  bool gone = a->refused_n && (str_eq(a->refused[0].status, S("5.1.1")) || str_eq(a->refused[0].status, S("5.1.10")));
  return gone ? address_refused(cx, s->row->to_mail, cx->now + REFUSED) : E_OK;
}

static Err write_lane(Cx *cx, Lanes *lanes, LaneFn *fn, void *arg) {
  cx->now = 0;
  return lane_run(lanes, LANE_WRITE, cx, fn, arg);
}

/* ---- one row */

static Err failed(Cx *cx, Lanes *lanes, Step *s, Str fault) {
  SmtpAnswer a = { .fate = SMTP_NEVER, .fault = fault };
  s->answer = &a;
  Err e = write_lane(cx, lanes, not_taken, s);
  s->answer = NULL;
  return e;
}

static Err told(Cx *cx, Lanes *lanes, Step *s) {
  const SmtpAnswer *a = s->answer;
  if (a->fate == SMTP_TAKEN) return write_lane(cx, lanes, sent, s);
  random_bytes(&s->dice, sizeof s->dice);
  log_info("mail %lld to the outside: " STR_FMT, (long long)s->row->id, STR_ARG(a->fault));
  return write_lane(cx, lanes, not_taken, s);
}

static Err one(Cx *cx, Lanes *lanes, Step *s, Smtp *smtp) {
  if (s->nowhere.n && !cx->site->demo) return write_lane(cx, lanes, wait_here, s);
  Err e = write_lane(cx, lanes, write_row, s);
  if (e == E_ABSENT && !s->us.n && !cx->site->demo) { s->nowhere = cx->why; return write_lane(cx, lanes, wait_here, s); }
  if (e && e != E_BUSY) return failed(cx, lanes, s, str_cat(cx->arena, S("It could not be written: "), cx->why));
  TRY(e);
  if (cx->site->demo) return write_lane(cx, lanes, sent, s);
  SmtpAnswer a;
  smtp_send(cx, smtp, &(SmtpLetter){ .from = s->row->is_auto ? S("") : s->us, .bytes = s->bytes, .to = &s->row->to_mail, .to_n = 1 }, &a);
  s->answer = &a;
  e = told(cx, lanes, s);
  s->answer = NULL;
  return e;
}

/* Each in memory of its own: a look may send many large files. */
static Err one_apart(Cx *outer, Lanes *lanes, const Step *s, const Outbox *row, Smtp *smtp) {
  Arena *a DEFER(arena_freep) = arena_new((size_t)256 << 20);
  Cx cx = *outer;
  Step own = *s;
  cx.arena = a;
  own.row = row;
  Err e = one(&cx, lanes, &own, smtp);
  if (e) outer->why = str_dup(outer->arena, cx.why);
  return e;
}

Err send_look(Cx *cx, Lanes *lanes, int64_t *ret_next) {
  Step s = { 0 };
  cx->now = 0;
  TRY(lane_run(lanes, LANE_READ, cx, next_due, &s));
  int64_t soon = clock_now() + ELSEWHERE;
  *ret_next = s.next && s.next < soon ? s.next : soon;
  if (!s.next || s.next > clock_now()) return E_OK;
  TRY(write_lane(cx, lanes, take_due, &s));
  Smtp *smtp = s.rows.n && !cx->site->demo && !s.nowhere.n ? smtp_open(cx, &s.server) : NULL;
  Err e = E_OK;
  for (size_t i = 0; i < s.rows.n && !wire_hung_up(); i++) {
    Err mine = one_apart(cx, lanes, &s, ROW(Outbox, s.rows, i), smtp);
    if (mine) e = mine;
  }
  TRY(e);
  *ret_next = clock_now();                /* look for the next ones at once */
  return E_OK;
}
