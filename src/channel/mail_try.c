/* channel/mail_try.c: see mail_try.h. */
#include "channel/mail_try.h"
#include "base/vec.h"
#include "channel/imap.h"
#include "channel/smtp.h"

/* ── which servers ───────────────────────────────────────────────────── */

static const struct { const char *domains, *imap, *smtp; } known[] = {
  { "gmail.com googlemail.com", "imaps://imap.gmail.com", "smtps://smtp.gmail.com" },
  { "outlook.com hotmail.com live.com msn.com", "imaps://outlook.office365.com", "smtp://smtp-mail.outlook.com:587" },
  { "yahoo.com ymail.com", "imaps://imap.mail.yahoo.com", "smtps://smtp.mail.yahoo.com" },
  { "icloud.com me.com mac.com", "imaps://imap.mail.me.com", "smtp://smtp.mail.me.com:587" },
  { "gmx.net gmx.de gmx.at gmx.ch", "imaps://imap.gmx.net", "smtps://mail.gmx.net" },
  { "gmx.com", "imaps://imap.gmx.com", "smtps://mail.gmx.com" },
  { "web.de", "imaps://imap.web.de", "smtp://smtp.web.de:587" },
  { "fastmail.com fastmail.fm", "imaps://imap.fastmail.com", "smtps://smtp.fastmail.com" },
  { "posteo.de posteo.net", "imaps://posteo.de", "smtps://posteo.de" },
  { "zoho.com", "imaps://imap.zoho.com", "smtps://smtp.zoho.com" },
  { "mailbox.org", "imaps://imap.mailbox.org", "smtps://smtp.mailbox.org" },
};

static bool listed(const char *words, Str word) {
  Str rest = str_z(words), one;
  while (rest.n) { str_cut(rest, ' ', &one, &rest); if (str_eq(one, word)) return true; }
  return false;
}

const Str *mail_servers(Arena *a, Str address, const char *scheme) {
  VEC(Str) at = { 0 };
  Str local, domain, kind = str_z(scheme);
  str_cut_last(str_lower(a, address), '@', &local, &domain);
  bool in = str_eq(kind, S("imap")), big = false;
  for (size_t i = 0; i < COUNT(known); i++)
    if (listed(known[i].domains, domain)) { vec_add(a, &at, str_z(in ? known[i].imap : known[i].smtp)); big = true; }
  Str hosts[] = { str_cat(a, kind, S("."), domain), str_cat(a, S("mail."), domain), domain };
  for (size_t i = 0; !big && i < COUNT(hosts); i++) {
    vec_add(a, &at, str_cat(a, kind, S("s://"), hosts[i]));
    vec_add(a, &at, str_cat(a, kind, S("://"), hosts[i], in ? S("") : S(":587")));
  }
  vec_add(a, &at, (Str){ 0 });
  return at.at;
}

/* ── knocking ────────────────────────────────────────────────────────── */

static Err knock_in(Cx *cx, const WireUrl *u) {
  Imap *imap = NULL;
  ImapFolder folder;
  TRY(imap_open(cx, u, &imap));
  Err e = imap_select(cx, imap, u->path, &folder);
  imap_close(imap);
  return e;
}

static Err knock(Cx *cx, const MailTry *t, Str secret, const char *scheme, Str url) {
  WireUrl u;
  TRY(wire_url(cx, url, scheme, &u));
  u.account = t->account;
  u.secret = secret;
  return str_eq(str_z(scheme), S("imap")) ? knock_in(cx, &u) : smtp_knock(cx, &u);
}

/* The first server that answers is the one, whatever it says to the password. */
static Str look_for(Cx *cx, MailTry *t, Str secret, const char *scheme, Str *url) {
  for (const Str *s = mail_servers(cx->arena, t->address, scheme); s->n && !wire_hung_up(); s++) {
    cx->why = S("");
    Err e = knock(cx, t, secret, scheme, *s);
    if (e == E_INVALID || e == E_BUSY) continue;
    *url = *s;
    t->denied |= e == E_DENIED;
    return e ? cx->why : S("");
  }
  Str local, domain;
  str_cut_last(t->address, '@', &local, &domain);
  return str_fmt(cx->arena, "No server was found for " STR_FMT ". Write its name below; the help pages of your provider have it under %s.",
                 STR_ARG(domain), str_eq(str_z(scheme), S("imap")) ? "IMAP" : "SMTP");
}

static Str try_one(Cx *cx, MailTry *t, Str secret, const char *scheme, Str *url) {
  if (!url->n) return look_for(cx, t, secret, scheme, url);
  cx->why = S("");
  Err e = knock(cx, t, secret, scheme, *url);
  t->denied |= e == E_DENIED;
  return e ? cx->why : S("");
}

void mail_try_now(Cx *cx, MailTry *t, Str secret) {
  t->denied = false;
  t->in_fault = try_one(cx, t, secret, "imap", &t->in_url);
  t->out_fault = try_one(cx, t, secret, "smtp", &t->out_url);
}

/* ── the errand ──────────────────────────────────────────────────────── */

typedef struct { const Job *job; MailTry t; Str secret; } Try;
static Err take(Cx *cx, void *arg)   { Try *t = arg; return mail_try_take(cx, t->job->body, &t->t, &t->secret); }
static Err answer(Cx *cx, void *arg) { Try *t = arg; return mail_try_answer(cx, t->job->body, &t->t); }

static Err carry(Cx *cx, Lanes *lanes, const Job *job) {
  Try t = { .job = job };
  Err e = lane_run(lanes, LANE_READ, cx, take, &t);
  if (e == E_ABSENT || (!e && t.t.done_at)) return E_OK;         /* another one counts now, or it was run twice */
  TRY(e);
  mail_try_now(cx, &t.t, t.secret);
  e = lane_run(lanes, LANE_WRITE, cx, answer, &t);
  return e == E_ABSENT ? E_OK : e;
}

const Errand mail_try_errands[] = {
  { .kind = "mail-try", .carry = carry },
  { 0 }
};
