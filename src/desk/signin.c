/* desk/signin.c: a job for every address; a mail for those that are somebody's. */
#include "desk/signin.h"
#include "base/random.h"
#include "desk/outbox.h"
#include "desk/party.h"
#include "desk/session.h"
#include "text/json.h"
#include "text/url.h"

Err signin_ask(Cx *cx, Str mail, Str then) {
  Buf b = { .arena = cx->arena };
  JsonOut w = { .to = &b };
  json_obj(&w);
  JSON(&w, "mail", mail);
  JSON(&w, "then", then);
  json_end(&w);
  return job_put(cx, S("signin"), str_cat(cx->arena, S("signin:"), random_token(cx->arena, 16)), cx->now, buf_str(&b));
}

static Str url_of(Cx *cx, Str secret, Str then) {
  Buf b = { .arena = cx->arena };
  buf_add(&b, cx->site->public_url);
  buf_add(&b, S("/signin/"));
  buf_add(&b, secret);
  if (then.n) { buf_add(&b, S("?then=")); url_encode(&b, then); }
  return buf_str(&b);
}

static Err signin_mail(Cx *cx, const Job *job) {
  const Json *in;
  Str mail = S(""), then = S(""), secret;
  Party who;
  int64_t id;
  TRY(json_read(cx, job->body, &in));
  TRY(json_str(cx, in, "mail", &mail));
  TRY(json_str(cx, in, "then", &then));
  Err e = party_by_mail(cx, mail, &who);
  if (e == E_ABSENT || (!e && who.disabled_at)) return E_OK;          /* nobody: nothing is sent, nothing is said */
  TRY(e);
  TRY(signin_new(cx, who.id, &secret));
  return outbox_put(cx, &(OutboxNew){ .kind = S("signin"), .subject = S("Sign in"), .to_id = who.id, .to_mail = mail, .to_name = who.name,
                                      .extra = url_of(cx, secret, then), .auto_ = true }, &id);
}

static Err tidy(Cx *cx, const Job *job) { (void)job; return session_tidy(cx); }

const Errand signin_errands[] = {
  { .kind = "signin", .tick = signin_mail },
  { .kind = "tidy", .tick = tidy, .every = DAY },
  { 0 }
};
