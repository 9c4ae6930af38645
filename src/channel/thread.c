/* channel/thread.c: see thread.h. */
#include "channel/thread.h"
#include "desk/outbox.h"
#include "desk/request.h"
#include "text/lang.h"

enum { REMEMBER = 30 };

/* "help+r12-abc+sorted@desk.example" → the address without its last tag, and the act. */
static Str without_act(Arena *a, Str address, LoopAct *ret) {
  Str local, domain, base, tag;
  *ret = LOOP_NO_ACT;
  if (!str_cut_last(address, '@', &local, &domain) || !str_cut_last(local, '+', &base, &tag)) return address;
  *ret = str_ieq(tag, S("sorted")) ? LOOP_ACT_ACCEPT : str_ieq(tag, S("notyet")) ? LOOP_ACT_NOT_YET : LOOP_NO_ACT;
  return *ret ? str_cat(a, base, S("@"), domain) : address;
}

static bool by_address(Cx *cx, const Mail *m, Thread *ret) {
  const MailAddrs *lists[] = { &m->to, &m->cc, &m->delivered_to };
  for (size_t i = 0; i < COUNT(lists); i++)
    for (size_t j = 0; j < lists[i]->n; j++) {
      LoopAct act;
      Str address = without_act(cx->arena, lists[i]->at[j].email, &act);
      if (!mail_reply_request(cx, address, &ret->request)) continue;
      ret->by = THREAD_ADDRESS;
      ret->act = act;
      return true;
    }
  return false;
}

static bool by_own_id(Cx *cx, const Mail *m, Thread *ret) {
  bool found = mail_id_request(cx, m->in_reply_to, &ret->request);
  for (size_t i = m->n_references; i-- > 0 && !found;) found = mail_id_request(cx, m->references[i], &ret->request);
  if (found) ret->by = THREAD_OWN_ID;
  return found;
}

static Err by_known_id(Cx *cx, const Mail *m, Thread *ret) {
  if (m->in_reply_to.n) TRY(mail_ref_get(cx, m->in_reply_to, &ret->request));
  for (size_t i = m->n_references; i-- > 0 && !ret->request;)
    if (m->references[i].n) TRY(mail_ref_get(cx, m->references[i], &ret->request));
  if (ret->request) ret->by = THREAD_KNOWN_ID;
  return E_OK;
}

/* The first [R-12] of a subject. */
static bool by_subject(const Mail *m, Thread *ret) {
  for (Str rest = m->subject, head, inside; str_cut(rest, '[', &head, &rest);) {
    Str tail;
    if (!str_cut(rest, ']', &inside, &tail) || !str_istarts(inside, S("R-"))) continue;
    if (request_ref_id(inside, &ret->request)) { ret->by = THREAD_SUBJECT; return true; }
  }
  return false;
}

Err thread_find(Cx *cx, const Mail *m, Thread *ret) {
  *ret = (Thread){ 0 };
  if (by_address(cx, m, ret) || by_own_id(cx, m, ret)) return E_OK;
  *ret = (Thread){ 0 };
  TRY(by_known_id(cx, m, ret));
  if (!ret->by && !by_subject(m, ret)) *ret = (Thread){ 0 };
  return E_OK;
}

Str thread_how(ThreadBy by) {
  switch (by) {
  case THREAD_ADDRESS:  return S("by the address it was sent to");
  case THREAD_OWN_ID:   return S("as an answer to a mail of ours");
  case THREAD_KNOWN_ID: return S("by its thread");
  case THREAD_SUBJECT:  return S("by the number in its subject");
  default:              return S("");
  }
}

Err thread_remember(Cx *cx, const Mail *m, int64_t request, bool all) {
  TRY(mail_ref_put(cx, m->message_id, request));
  if (!all) return E_OK;
  TRY(mail_ref_put(cx, m->in_reply_to, request));
  size_t from = m->n_references > REMEMBER ? m->n_references - REMEMBER : 0;
  for (size_t i = from; i < m->n_references; i++) TRY(mail_ref_put(cx, m->references[i], request));
  return E_OK;
}

/* Takes one prefix of the list off, with its number ("Re[2]:") and colon. */
static bool take_prefix(Str *s, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (!str_istarts(*s, str_z(words[i]))) continue;
    Str rest = str_from(*s, strlen(words[i]));
    if (rest.n && rest.p[0] == '[') { Str number, tail; if (str_cut(rest, ']', &number, &tail)) rest = tail; }
    rest = str_trim(rest);
    bool colon = str_starts(rest, S(":")), wide = str_starts(rest, S("："));
    if (!colon && !wide) continue;
    *s = str_trim(str_from(rest, colon ? 1 : S("：").n));
    return true;
  }
  return false;
}

/* The token [R-12], wherever it stands. */
static Str without_token(Arena *a, Str s) {
  size_t at = str_ifind(s, S("[R-"));
  Str number, tail;
  int64_t id;
  if (at == SIZE_MAX || !str_cut(str_from(s, at + 1), ']', &number, &tail) || !request_ref_id(number, &id)) return s;
  return str_trim(str_cat(a, str_trim(str_head(s, at)), at ? S(" ") : S(""), str_trim(tail)));
}

Str thread_subject(Arena *a, Str subject, bool forwards) {
  static const char *const replies[] = { "re", "aw", "antw", "sv", "vs", "res", "rif", "ref", "odp", "ynt", "vá", "απ", "отв", "ответ", "回复", "回覆", "答复", "返信" };
  static const char *const forwarded[] = { "fwd", "fw", "wg", "doorst", "tr", "vb", "enc", "rv", "i", "pd", "转发", "転送" };
  Str s = str_trim(subject), was;
  do {
    was = s;
    s = without_token(a, s);
    while (take_prefix(&s, replies, COUNT(replies)) || (forwards && take_prefix(&s, forwarded, COUNT(forwarded)))) {}
  } while (s.n < was.n);
  return s;
}

static Str bare(Str line) {
  line = str_trim(line);
  while (line.n && strchr(".!,;:-*", line.p[line.n - 1])) line.n--;
  return line;
}

bool thread_says_not_yet(Arena *a, const Lang *lang, Str reply) {
  (void)a;
  Str rest = str_trim(reply), line = bare(str_line(&rest));
  return str_ieq(line, S("not yet")) || str_ieq(line, S("still not")) || str_ieq(line, tr(lang, "Not yet"));
}
