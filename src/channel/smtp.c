/* channel/smtp.c: see smtp.h. libcurl leads the dialogue; it is listened to, so that each answer is known by its question. */
#include "channel/smtp.h"
#include "base/vec.h"

enum { SILENT = 120, WORDS = 300 };

struct Smtp {
  CURL *curl;
  Arena *arena;
  WireUrl url;
  bool secured;                /* the connection that is open */
  char errors[CURL_ERROR_SIZE];
};

/* One dialogue as it goes. */
typedef enum { ASKED_OTHER, ASKED_TLS, ASKED_FROM, ASKED_TO, ASKED_DATA } Asked;
typedef struct {
  Arena *arena;
  const SmtpLetter *letter;
  size_t read, answered;       /* bytes of the letter given; recipients answered */
  Asked asked;
  bool secured;
  int code;                    /* of the last refusal */
  Asked refused_at;
  Str words, status;
  VEC(SmtpRefusal) refused;
} Talk;

static void hang_up(void *s) { curl_easy_cleanup(((Smtp *)s)->curl); }

Smtp *smtp_open(Cx *cx, const WireUrl *url) {
  Smtp *s = NEW(cx->arena, Smtp);
  s->arena = cx->arena;
  s->url = *url;
  s->curl = wire_open(cx->arena, url, SILENT, s->errors);
  arena_on_free(cx->arena, hang_up, s);
  return s;
}

static int heard_debug(CURL *h, curl_infotype type, char *p, size_t n, void *arg) {
  (void)h;
  Talk *t = arg;
  if (type != CURLINFO_HEADER_OUT) return 0;
  Str said = { p, n };
  t->asked = str_istarts(said, S("STARTTLS")) ? ASKED_TLS : str_istarts(said, S("MAIL FROM")) ? ASKED_FROM
           : str_istarts(said, S("RCPT TO")) ? ASKED_TO : str_istarts(said, S("DATA")) ? ASKED_DATA : ASKED_OTHER;
  return 0;
}

/* "550 5.1.1 No such user" → 550, "5.1.1", "No such user" */
static int answer_read(Str line, Str *status, Str *words) {
  int64_t code;
  Str rest = str_trim(str_from(line, 4)), word, tail;
  *status = S("");
  *words = rest;
  if (line.n < 3 || !str_int(str_head(line, 3), &code)) return 0;
  str_cut(rest, ' ', &word, &tail);
  bool enhanced = word.n >= 5 && (word.p[0] == '2' || word.p[0] == '4' || word.p[0] == '5') && word.p[1] == '.';
  for (size_t i = 0; i < word.n; i++) enhanced = enhanced && ((word.p[i] >= '0' && word.p[i] <= '9') || word.p[i] == '.');
  if (enhanced) { *status = word; *words = str_trim(tail); }
  return (int)code;
}

static void refusal(Talk *t, int code, Str status, Str words) {
  t->code = code;
  t->refused_at = t->asked;
  t->status = str_dup(t->arena, status);
  t->words = str_dup(t->arena, str_utf8_fix(t->arena, str_head(words, WORDS)));
}

static size_t heard_line(char *p, size_t size, size_t n, void *arg) {
  Talk *t = arg;
  Str line = str_trim((Str){ p, size * n }), status, words;
  int code = answer_read(line, &status, &words);
  bool last = line.n < 4 || line.p[3] == ' ';
  if (code >= 400) refusal(t, code, status, words);
  if (t->asked == ASKED_TLS && code == 220) t->secured = true;
  if (t->asked == ASKED_TO && last && code && t->letter && t->answered < t->letter->to_n) {
    Str mail = t->letter->to[t->answered++];
    if (code >= 400)
      vec_add(t->arena, &t->refused, (SmtpRefusal){ .mail = mail, .words = t->words, .status = t->status, .code = code, .later = code < 500 });
  }
  return size * n;
}

static size_t give(char *to, size_t size, size_t n, void *arg) {
  Talk *t = arg;
  Str rest = str_from(t->letter->bytes, t->read);
  size_t part = rest.n < size * n ? rest.n : size * n;
  if (part) memcpy(to, rest.p, part);
  t->read += part;
  return part;
}

static void listen_in(Smtp *s, Talk *t) {
  curl_easy_setopt(s->curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(s->curl, CURLOPT_DEBUGFUNCTION, heard_debug);
  curl_easy_setopt(s->curl, CURLOPT_DEBUGDATA, t);
  curl_easy_setopt(s->curl, CURLOPT_HEADERFUNCTION, heard_line);
  curl_easy_setopt(s->curl, CURLOPT_HEADERDATA, t);
}

/* Refused by what stands in the letter or by who it is for; all else is ours to mend. */
static SmtpFate fate_of(const Talk *t, CURLcode code) {
  if (!code) return SMTP_TAKEN;
  bool letter = t->refused_at == ASKED_TO || t->refused_at == ASKED_DATA || t->code == 552;
  if (t->code < 500 || !letter) return SMTP_LATER;
  for (size_t i = 0; i < t->refused.n; i++) if (t->refused.at[i].later) return SMTP_LATER;
  return SMTP_NEVER;
}

static Str fault_of(Cx *cx, const Smtp *s, const Talk *t, CURLcode code) {
  if (t->code && code != CURLE_LOGIN_DENIED && code != CURLE_OPERATION_TIMEDOUT)
    return str_fmt(cx->arena, STR_FMT " said: %d " STR_FMT "%s" STR_FMT, STR_ARG(s->url.host), t->code, STR_ARG(t->status),
                   t->status.n ? " " : "", STR_ARG(t->words));
  Str why = cx->why;
  Err e = wire_fault(cx, &s->url, code, s->errors);
  Str words = e ? cx->why : S("");
  cx->why = why;
  return words;
}

void smtp_send(Cx *cx, Smtp *s, const SmtpLetter *letter, SmtpAnswer *ret) {
  Talk t = { .arena = cx->arena, .letter = letter };
  struct curl_slist *to = NULL;
  for (size_t i = 0; i < letter->to_n; i++) to = curl_slist_append(to, str_cstr(cx->arena, letter->to[i]));
  listen_in(s, &t);
  curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, letter->from.n ? str_cstr(cx->arena, letter->from) : NULL);
  curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
  curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(s->curl, CURLOPT_READDATA, &t);
  curl_easy_setopt(s->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)letter->bytes.n);
  CURLcode code = curl_easy_perform(s->curl);
  curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
  curl_slist_free_all(to);
  s->secured = s->secured || s->url.secured || t.secured;
  *ret = (SmtpAnswer){ .fate = fate_of(&t, code), .refused = t.refused.at, .refused_n = t.refused.n };
  ret->via = str_cat(cx->arena, wire_name(cx->arena, &s->url), s->secured ? S(", secured") : S(""));
  if (ret->fate != SMTP_TAKEN) ret->fault = fault_of(cx, s, &t, code);
}

Err smtp_knock(Cx *cx, const WireUrl *url) {
  Smtp *s = smtp_open(cx, url);
  Talk t = { .arena = cx->arena };
  listen_in(s, &t);
  curl_easy_setopt(s->curl, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(s->curl, CURLOPT_TIMEOUT, 30L);
  CURLcode code = curl_easy_perform(s->curl);
  return code ? wire_fault(cx, url, code, s->errors) : E_OK;
}
