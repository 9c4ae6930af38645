/* desk/mail_try.c: two settings (what is tried and what came of it; the sealed password) and a job. */
#include "desk/mail_try.h"
#include "desk/mailbox.h"
#include "desk/outbox.h"
#include "desk/party.h"
#include "desk/seal.h"
#include "desk/service.h"
#include "desk/setting.h"
#include "store/job.h"
#include "text/json.h"

#define KEPT   S("mail.try")
#define SECRET S("mail.try.secret")

static Err keep(Cx *cx, const MailTry *t) {
  Buf b = { .arena = cx->arena };
  JsonOut w = { .to = &b };
  json_obj(&w);
  JSON(&w, "asked_at", t->asked_at);
  JSON(&w, "done_at", t->done_at);
  JSON(&w, "address", t->address);
  JSON(&w, "account", t->account);
  JSON(&w, "in_url", t->in_url);
  JSON(&w, "out_url", t->out_url);
  JSON(&w, "in_fault", t->in_fault);
  JSON(&w, "out_fault", t->out_fault);
  JSON(&w, "denied", t->denied);
  json_end(&w);
  return setting_set(cx, KEPT, buf_str(&b));
}

Err mail_try_get(Cx *cx, MailTry *t) {
  Str kept;
  const Json *j;
  *t = (MailTry){ 0 };
  TRY(setting_get(cx, KEPT, &kept));
  if (!kept.n) return E_OK;
  TRY(json_read_object(cx, kept, &j));
  TRY(json_int(cx, j, "asked_at", &t->asked_at));
  TRY(json_int(cx, j, "done_at", &t->done_at));
  TRY(json_str(cx, j, "address", &t->address));
  TRY(json_str(cx, j, "account", &t->account));
  TRY(json_str(cx, j, "in_url", &t->in_url));
  TRY(json_str(cx, j, "out_url", &t->out_url));
  TRY(json_str(cx, j, "in_fault", &t->in_fault));
  TRY(json_str(cx, j, "out_fault", &t->out_fault));
  return json_bool(cx, j, "denied", &t->denied);
}

/* ── asking ──────────────────────────────────────────────────────────── */

/* "" or scheme://, scheme with or without the s of "secured". */
static bool url_of(Str url, Str scheme) {
  Str rest;
  if (!url.n) return true;
  if (!str_istarts(url, scheme)) return false;
  rest = str_from(url, scheme.n);
  return str_starts(rest, S("://")) || str_istarts(rest, S("s://"));
}

static Err check(Cx *cx, const MailTryNew *in, const MailTry *before) {
  if (!mail_normal(cx->arena, in->address).n) return fail_field(cx, "address", N_("Write an email address like name@example.org."));
  if (!in->secret.n && !(before->asked_at && str_eq(before->address, mail_normal(cx->arena, in->address))))
    return fail_field(cx, "secret", N_("Write the password of this mailbox."));
  if (!url_of(str_trim(in->in_url), S("imap"))) return fail_field(cx, "in_url", N_("The server to read from begins with imaps:// or imap://."));
  if (!url_of(str_trim(in->out_url), S("smtp"))) return fail_field(cx, "out_url", N_("The server to send through begins with smtps:// or smtp://."));
  return E_OK;
}

Err mail_try_ask(Cx *cx, const MailTryNew *in) {
  MailTry before;
  TRY(mail_try_get(cx, &before));
  TRY(check(cx, in, &before));
  MailTry t = { .asked_at = cx->now, .address = mail_normal(cx->arena, in->address), .account = str_trim(in->account),
                .in_url = str_trim(in->in_url), .out_url = str_trim(in->out_url) };
  if (!t.account.n) t.account = str_trim(in->address);
  if (in->secret.n) TRY(setting_set(cx, SECRET, seal(cx->arena, cx->site, in->secret)));
  TRY(keep(cx, &t));
  return job_put(cx, S("mail-try"), S("mail-try"), cx->now, str_fmt(cx->arena, "%lld", (long long)t.asked_at));
}

/* ── carrying out ────────────────────────────────────────────────────── */

static Err same_try(Cx *cx, Str job, MailTry *t) {
  int64_t asked;
  TRY(mail_try_get(cx, t));
  if (str_int(job, &asked) && asked == t->asked_at) return E_OK;
  return fail(cx, E_ABSENT, "another try was asked for since");
}

Err mail_try_take(Cx *cx, Str job, MailTry *ret, Str *ret_secret) {
  Str sealed;
  TRY(same_try(cx, job, ret));
  TRY(setting_get(cx, SECRET, &sealed));
  return seal_open(cx, sealed, ret_secret);
}

Err mail_try_answer(Cx *cx, Str job, const MailTry *t) {
  MailTry now;
  TRY(same_try(cx, job, &now));
  now = *t;
  now.done_at = cx->now;
  return keep(cx, &now);
}

/* ── into use ────────────────────────────────────────────────────────── */

static Err first_team(Cx *cx, int64_t *ret) {
  Rows services;
  TRY(service_list(cx, &services));
  *ret = services.n ? ROW(Service, services, 0)->team_id : 0;
  return E_OK;
}

Err mail_try_use(Cx *cx) {
  MailTry t;
  MailboxNew box;
  Str sealed, secret;
  int64_t id;
  TRY(mail_try_get(cx, &t));
  if (!mail_try_well(&t)) return fail(cx, E_CONFLICT, N_("This mailbox did not answer well yet. Try it again first."));
  TRY(setting_get(cx, SECRET, &sealed));
  TRY(seal_open(cx, sealed, &secret));
  box = (MailboxNew){ .address = t.address, .url = t.in_url, .account = t.account, .secret = secret };
  TRY(first_team(cx, &box.team_id));
  TRY(mailbox_put(cx, &box, &id));
  TRY(setting_set(cx, S("mail.out"), t.out_url));
  TRY(setting_set(cx, S("mail.out.user"), t.account));
  TRY(setting_set(cx, S("mail.out.secret"), sealed));
  TRY(setting_set(cx, S("mail.from"), t.address));
  return outbox_hurry(cx);
}
