/* channel/fetch.c: see fetch.h. */
#include "channel/fetch.h"
#include "base/log.h"
#include "channel/imap.h"
#include "channel/mail_in.h"
#include "desk/site.h"
#include "text/caps.h"

enum { AT_ONCE = 200, HANG_UPS = 3 };    /* messages one look takes from one mailbox; then it is the next one's turn */
#define FIRST   (30 * DAY)               /* of a mailbox we never read: the unread mail of so long */
#define OVERLAP (2 * DAY)                /* after the server numbered its messages anew: all mail since then, looked at twice */
#define PAUSE   (60 * SECOND)

static Err write_lane(Cx *cx, Lanes *lanes, LaneFn *fn, void *arg) {
  cx->now = 0;
  return lane_run(lanes, LANE_WRITE, cx, fn, arg);
}

/* ---- commands */

typedef struct { const Mailbox *box; bool mine; Str fault; MailboxLook look; int64_t uidvalidity, uid; Rows boxes; Str raw; } Note;

static Err claim(Cx *cx, void *arg)   { Note *n = arg; return mailbox_claim(cx, n->box, &n->mine); }
static Err looked(Cx *cx, void *arg)  { Note *n = arg; return mailbox_looked(cx, n->box->id, &n->look); }
static Err read_to(Cx *cx, void *arg) { Note *n = arg; return mailbox_read_to(cx, n->box->id, n->uidvalidity, n->uid); }
static Err known(Cx *cx, void *arg)   { Note *n = arg; return mail_known(cx, n->box->address, n->uidvalidity, n->uid, &n->mine); }
static Err list(Cx *cx, void *arg)    { Note *n = arg; return mailbox_list(cx, &n->boxes); }

/* A message the server lists but cannot hand over: a line in the log instead of a gap. */
static Err unreadable(Cx *cx, void *arg) {
  Note *n = arg;
  int64_t id;
  bool again;
  TRY(mail_store(cx, &(MailNew){ .mailbox = n->box->address, .raw = S(""), .uidvalidity = n->uidvalidity, .uid = n->uid }, &id, &again));
  if (again) return E_OK;
  return mail_end(cx, id, &(MailEnd){ .outcome = S("quarantined"), .reason = n->fault });
}

/* ---- one mailbox */

/* The password is in the setting, if it came from there, else sealed in the row. */
static Err server_of(Cx *cx, const Mailbox *b, WireUrl *ret) {
  TRY(wire_url(cx, b->url, "imap", ret));
  ret->account = b->account;
  TRY(mailbox_secret(cx, b, &ret->secret));
  if (ret->secret.n) return E_OK;
  for (Str rest = cx->site->mail_in, one; rest.n;) {
    WireUrl u;
    str_cut(str_trim(rest), ' ', &one, &rest);
    if (one.n && !wire_url(cx, one, "imap", &u) && str_eq(u.account, b->account) && str_eq(u.host, ret->host)) ret->secret = u.secret;
  }
  cx->why = S("");
  return ret->secret.n ? E_OK : fail(cx, E_INVALID, "No password is set for this mailbox.");
}

/* What is there for us. *ret_upto: after all of it, the mailbox is read up to here; 0: up to each message as it comes. */
static Err what_is_new(Cx *cx, Imap *imap, const Mailbox *b, const ImapFolder *f, ImapUids *ret, int64_t *ret_upto) {
  *ret_upto = 0;
  if (b->uidvalidity == f->uidvalidity) return imap_uids_from(cx, imap, b->uid + 1, ret);
  *ret_upto = f->uidnext > 1 ? f->uidnext - 1 : 0;
  int64_t now = clock_now();
  if (!b->uidvalidity || !b->got_at) return imap_uids_since(cx, imap, now - FIRST, b->uidvalidity == 0, ret);
  return imap_uids_since(cx, imap, b->got_at - OVERLAP, false, ret);
}

/* imap: where it is kept; it changes when we call again. */
typedef struct { Cx *cx; Lanes *lanes; Imap **imap; const Mailbox *box; const ImapFolder *folder; Fetched *out; } Round;

static Err have(Cx *cx, const Round *r, int64_t uid, MailNew *ret) {
  int64_t size;
  Str raw;
  TRY(imap_size(cx, *r->imap, uid, &size));
  bool whole = size <= CAP_MAIL_BYTES;
  TRY(imap_fetch(cx, *r->imap, uid, whole ? CAP_MAIL_BYTES : MAIL_BEGINNING, &raw));
  *ret = mail_in_whole(cx->arena, r->box->address, raw, whole ? (int64_t)raw.n : size);
  ret->uidvalidity = r->folder->uidvalidity;
  ret->uid = uid;
  return E_OK;
}

/* A new connection, to the same mailbox with the same numbers. */
static Err call_again(const Round *r) {
  WireUrl u;
  ImapFolder f;
  imap_close(*r->imap);
  *r->imap = NULL;
  TRY(server_of(r->cx, r->box, &u));
  TRY(imap_open(r->cx, &u, r->imap));
  TRY(imap_select(r->cx, *r->imap, u.path, &f));
  return f.uidvalidity == r->folder->uidvalidity ? E_OK : fail(r->cx, E_BUSY, "The mail server numbered its messages anew while we read.");
}

/* Some servers hang up on a message they cannot read. If they answer again each time and hang up each time, it is the message. */
static Err have_or_pass(Cx *cx, const Round *r, int64_t uid, MailNew *ret) {
  for (int tries = 0; tries < HANG_UPS; tries++) {
    Err e = have(cx, r, uid, ret);
    if (e != E_BUSY) return e;
    e = call_again(r);
    if (e) cx->why = r->cx->why;
    TRY(e);
  }
  return fail(cx, E_DENIED, "The mail server could not hand the message over: it hung up each time. The message is still in the mailbox there.");
}

/* Fetches, stores, marks, takes in. E_BUSY with cx->why: the connection or the store is gone; the round ends. */
static Err one_message(Cx *cx, const Round *r, int64_t uid) {
  MailNew in;
  Taken taken;
  bool again = false;
  TRY(have_or_pass(cx, r, uid, &in));
  TRY(mail_in(cx, r->lanes, &in, &taken, &again));
  r->out->got += !again;
  r->out->known += again;
  Err e = imap_seen(cx, *r->imap, uid);
  return e == E_DENIED ? E_OK : e;
}

static Err one_round(const Round *r, int64_t uid, bool mark) {
  Arena *a DEFER(arena_freep) = arena_new((size_t)512 << 20);
  Cx cx = *r->cx;
  cx.arena = a;
  Note n = { .box = r->box, .uidvalidity = r->folder->uidvalidity, .uid = uid };
  Err e = lane_run(r->lanes, LANE_READ, &cx, known, &n);
  if (!e && n.mine) r->out->known++;
  else if (!e) {
    e = one_message(&cx, r, uid);
    if (e == E_ABSENT) e = E_OK;                           /* deleted while we looked */
    if (e == E_DENIED) {
      n.fault = cx.why;
      e = write_lane(&cx, r->lanes, unreadable, &n);
    }
  }
  if (!e && mark) e = write_lane(&cx, r->lanes, read_to, &n);
  if (e) r->cx->why = str_dup(r->cx->arena, cx.why);
  return e;
}

static Err all_rounds(Cx *cx, Lanes *lanes, const Mailbox *b, Imap **imap, Fetched *ret) {
  ImapFolder f;
  ImapUids uids;
  int64_t upto;
  WireUrl u;
  TRY(wire_url(cx, b->url, "imap", &u));
  TRY(imap_select(cx, *imap, u.path, &f));
  TRY(what_is_new(cx, *imap, b, &f, &uids, &upto));
  Round r = { cx, lanes, imap, b, &f, ret };
  for (size_t i = 0; i < uids.n; i++) {
    if (ret->got >= AT_ONCE) { ret->more = true; return E_OK; }
    TRY(one_round(&r, uids.at[i], !upto));
  }
  if (b->uidvalidity == f.uidvalidity || !f.uidvalidity) return E_OK;
  Note n = { .box = b, .uidvalidity = f.uidvalidity, .uid = upto };
  return write_lane(cx, lanes, read_to, &n);
}

static Err connect_and_read(Cx *cx, Lanes *lanes, const Mailbox *b, Fetched *ret) {
  WireUrl u;
  Imap *imap;
  TRY(server_of(cx, b, &u));
  TRY(imap_open(cx, &u, &imap));
  Err e = all_rounds(cx, lanes, b, &imap, ret);
  imap_close(imap);
  return e;
}

typedef struct { const MailEntry *entry; Mailbox box; } Again;
static Err box_of(Cx *cx, void *arg) { Again *a = arg; return mailbox_by_address(cx, a->entry->mailbox, &a->box); }

Err fetch_again(Cx *cx, Lanes *lanes, const MailEntry *entry, Str *ret) {
  Again a = { .entry = entry };
  WireUrl u;
  Imap *imap;
  ImapFolder f;
  MailNew in;
  TRY(lane_run(lanes, LANE_READ, cx, box_of, &a));
  TRY(server_of(cx, &a.box, &u));
  TRY(imap_open(cx, &u, &imap));
  Round r = { .cx = cx, .imap = &imap, .box = &a.box, .folder = &f };
  Err e = imap_select(cx, imap, u.path, &f);
  if (!e && f.uidvalidity != entry->uidvalidity) e = fail(cx, E_ABSENT, "The message is not in the mailbox any more.");
  if (!e) e = have(cx, &r, entry->uid, &in);
  imap_close(imap);
  if (!e) *ret = in.raw;
  return e;
}

Err fetch_mailbox(Cx *cx, Lanes *lanes, const Mailbox *b, Fetched *ret) {
  *ret = (Fetched){ 0 };
  Note n = { .box = b };
  TRY(write_lane(cx, lanes, claim, &n));
  if (!n.mine) return E_OK;
  Err e = connect_and_read(cx, lanes, b, ret);
  if (e) ret->fault = cx->why;
  if (e && !str_eq(b->fault, ret->fault)) log_warn("mailbox " STR_FMT ": " STR_FMT, STR_ARG(b->address), STR_ARG(ret->fault));
  cx->why = S("");
  n.look = (MailboxLook){ .fault = ret->fault, .got = ret->got > 0, .more = ret->more };
  return write_lane(cx, lanes, looked, &n);
}

/* ---- all of them */

Err fetch_look(Cx *cx, Lanes *lanes, int64_t *ret_next) {
  Note n = { 0 };
  int64_t pause = cx->site->mail_poll ? cx->site->mail_poll : PAUSE;
  *ret_next = 0;
  if (cx->site->demo) return E_OK;
  TRY(lane_run(lanes, LANE_READ, cx, list, &n));
  for (size_t i = 0; i < n.boxes.n; i++) {
    const Mailbox *b = ROW(Mailbox, n.boxes, i);
    if (!b->url.n) continue;
    int64_t next = mailbox_next(b, pause);
    Fetched f = { 0 };
    if (next <= clock_now()) {
      TRY(fetch_mailbox(cx, lanes, b, &f));
      next = f.more ? clock_now() : clock_now() + pause;
    }
    if (!*ret_next || next < *ret_next) *ret_next = next;
  }
  return E_OK;
}

/* Without a mail address for an account, it is the address we write as. */
static Err address_of(Cx *cx, const WireUrl *u, Str *ret) {
  *ret = u->account;
  if (memchr(u->account.p, '@', u->account.n)) return E_OK;
  TRY(mailbox_us(cx, ret));
  if (!ret->n) *ret = str_cat(cx->arena, u->account, S("@"), u->host);
  return E_OK;
}

Err fetch_settings(Cx *cx, Str mail_in) {
  for (Str rest = str_trim(mail_in), one; rest.n;) {
    WireUrl u;
    Str address;
    int64_t id;
    Mailbox before;
    str_cut(str_trim(rest), ' ', &one, &rest);
    if (!one.n) continue;
    TRY(wire_url(cx, one, "imap", &u));
    if (!u.account.n) return fail(cx, E_INVALID, "mail.in names no account: imaps://user:password@" STR_FMT " is meant.", STR_ARG(u.host));
    TRY(address_of(cx, &u, &address));
    Str url = str_cat(cx->arena, u.scheme, S("://"), wire_name(cx->arena, &u), u.path.n ? S("/") : S(""), u.path, u.plain ? S("?tls=off") : S(""));
    Err e = mailbox_by_address(cx, address, &before);
    if (e && e != E_ABSENT) return e;
    cx->why = S("");
    if (!e && str_eq(before.url, url) && str_eq(before.account, u.account)) continue;
    TRY(mailbox_put(cx, &(MailboxNew){ .address = address, .url = url, .account = u.account, .team_id = e ? 0 : before.team_id }, &id));
  }
  return E_OK;
}
