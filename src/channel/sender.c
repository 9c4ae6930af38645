/* channel/sender.c: see sender.h. */
#include "channel/sender.h"
#include "desk/mailbox.h"
#include "desk/site.h"

/* "spf=softfail" → "softfail" of the method, "" if it is not named */
static Str result_of(Arena *a, Str header, const char *method) {
  Str low = str_lower(a, header), want = str_cat(a, str_z(method), S("="));
  for (size_t from = 0, at; (at = str_find(str_from(low, from), want)) != SIZE_MAX; from += at + want.n) {
    size_t i = from + at;
    if (i > 0 && low.p[i - 1] != ' ' && low.p[i - 1] != ';' && low.p[i - 1] != '\t') continue;
    Str rest = str_from(low, i + want.n);
    size_t n = 0;
    while (n < rest.n && rest.p[n] >= 'a' && rest.p[n] <= 'z') n++;
    return str_head(rest, n);
  }
  return S("");
}

Str sender_doubt(Cx *cx, const Mail *m, Str authserv) {
  Str id, rest;
  if (!authserv.n) return S("");
  for (size_t i = 0; i < m->n_headers; i++) {
    if (!str_ieq(m->headers[i].name, S("Authentication-Results"))) continue;
    str_cut(m->headers[i].value, ';', &id, &rest);
    str_cut(str_trim(id), ' ', &id, &(Str){ 0 });
    if (!str_ieq(id, authserv)) continue;          /* anybody can write such a header; ours stands uppermost */
    Str dmarc = result_of(cx->arena, rest, "dmarc"), spf = result_of(cx->arena, rest, "spf"), dkim = result_of(cx->arena, rest, "dkim");
    bool bad = str_eq(dmarc, S("fail"))
            || (!str_eq(dmarc, S("pass")) && !str_eq(dkim, S("pass")) && (str_eq(spf, S("fail")) || str_eq(spf, S("softfail"))));
    return bad ? str_fmt(cx->arena, "It says it is from " STR_FMT ", but the mail server of that address did not send it (dmarc=" STR_FMT " dkim=" STR_FMT
                                    " spf=" STR_FMT ").", STR_ARG(m->from.email), STR_ARG(dmarc.n ? dmarc : S("none")),
                                    STR_ARG(dkim.n ? dkim : S("none")), STR_ARG(spf.n ? spf : S("none"))) : S("");
  }
  return S("");
}

Err sender_find(Cx *cx, const Mail *m, bool trusted, Sender *ret) {
  *ret = (Sender){ 0 };
  if (!m->from.email.n) {
    ret->hold = S("It does not say who wrote it, so nobody could be answered.");
    return E_OK;
  }
  Err e = party_by_mail(cx, m->from.email, &ret->party);
  if (e == E_ABSENT) { cx->why = S(""); ret->party = (Party){ 0 }; e = E_OK; }
  TRY(e);
  if (ret->party.disabled_at) ret->hold = str_fmt(cx->arena, "The account of " STR_FMT " is closed.", STR_ARG(ret->party.name));
  if (ret->hold.n || trusted) return E_OK;
  ret->hold = sender_doubt(cx, m, cx->site->mail_authserv);
  return E_OK;
}

static bool robot(Str mail) {
  static const char *const all[] = { "noreply@", "no-reply@", "donotreply@", "do-not-reply@", "mailer-daemon@", "postmaster@", "bounce" };
  for (size_t i = 0; i < COUNT(all); i++) if (str_istarts(mail, str_z(all[i]))) return true;
  return false;
}

Err sender_copies(Cx *cx, const Mail *m, int64_t writer, int64_t *ret, size_t max, size_t *ret_n) {
  const MailAddrs *lists[] = { &m->to, &m->cc };
  *ret_n = 0;
  for (size_t i = 0; i < COUNT(lists); i++)
    for (size_t j = 0; j < lists[i]->n && *ret_n < max; j++) {
      const MailAddr *to = &lists[i]->at[j];
      if (robot(to->email) || mailbox_is_ours(cx, to->email)) continue;
      Party p;
      TRY(party_find_or_new(cx, to->email, to->name, &p));
      bool known = p.id == writer || p.disabled_at || !str_eq(p.kind, S("person"));
      for (size_t k = 0; k < *ret_n && !known; k++) known = ret[k] == p.id;
      if (!known) ret[(*ret_n)++] = p.id;
    }
  return E_OK;
}
