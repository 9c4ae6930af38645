/* channel/imap.c: see imap.h. Commands are tagged A1, A2, …; one at a time. A response is read whole: a line, and where it
   ends in {n} the n bytes after it and the line that goes on.
   Invariant: what the server sends is capped; a number it names is only believed after the cap. */
#include "channel/imap.h"
#include <poll.h>
#include <stdlib.h>
#include "base/vec.h"

enum { SILENT = 60, LINE_CAP = 8 << 20, PIECES = 64 };

struct Imap {
  CURL *curl;
  WireUrl url;
  char errors[CURL_ERROR_SIZE];
  curl_socket_t socket;
  int tag;
  char in[16384];
  size_t at, n;                /* of in: read up to at, filled up to n */
};

/* One response: text and literals by turns; text first. */
typedef struct { Str piece[PIECES]; size_t n; } Response;

static void hang_up(void *imap_) {
  Imap *imap = imap_;
  curl_easy_cleanup(imap->curl);
  imap->curl = NULL;
}

Err imap_open(Cx *cx, const WireUrl *url, Imap **ret) {
  Imap *imap = NEW(cx->arena, Imap);
  imap->url = *url;
  imap->curl = wire_open(cx->arena, url, SILENT, imap->errors);
  arena_on_free(cx->arena, hang_up, imap);
  curl_easy_setopt(imap->curl, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(imap->curl, CURLOPT_TIMEOUT, (long)SILENT);
  CURLcode code = curl_easy_perform(imap->curl);
  if (!code) code = curl_easy_getinfo(imap->curl, CURLINFO_ACTIVESOCKET, &imap->socket);
  if (code) return wire_fault(cx, url, code, imap->errors);
  *ret = imap;
  return E_OK;
}

/* ---- bytes */

/* Waits in short turns, so that a program that stops need not wait for a silent server. */
static Err wait_for(Cx *cx, Imap *imap, short what) {
  for (int turn = 0; turn < SILENT * 4; turn++) {
    if (wire_hung_up()) return wire_fault(cx, &imap->url, CURLE_ABORTED_BY_CALLBACK, "");
    struct pollfd p = { .fd = imap->socket, .events = what };
    if (poll(&p, 1, 250) > 0) return E_OK;
  }
  return wire_fault(cx, &imap->url, CURLE_OPERATION_TIMEDOUT, "");
}

static Err say(Cx *cx, Imap *imap, Str words) {
  while (words.n) {
    size_t n = 0;
    CURLcode code = curl_easy_send(imap->curl, words.p, words.n, &n);
    if (code == CURLE_AGAIN) { TRY(wait_for(cx, imap, POLLOUT)); continue; }
    if (code) return wire_fault(cx, &imap->url, code, imap->errors);
    words = str_from(words, n);
  }
  return E_OK;
}

static Err fill(Cx *cx, Imap *imap) {
  for (;;) {
    size_t n = 0;
    CURLcode code = curl_easy_recv(imap->curl, imap->in, sizeof imap->in, &n);
    if (code == CURLE_AGAIN) { TRY(wait_for(cx, imap, POLLIN)); continue; }
    if (!code && !n) code = CURLE_GOT_NOTHING;
    if (code) return wire_fault(cx, &imap->url, code, imap->errors);
    imap->at = 0;
    imap->n = n;
    return E_OK;
  }
}

static Err read_line(Cx *cx, Imap *imap, Str *ret) {
  Buf b = { .arena = cx->arena };
  for (;;) {
    if (imap->at == imap->n) TRY(fill(cx, imap));
    const char *from = imap->in + imap->at, *end = memchr(from, '\n', imap->n - imap->at);
    size_t n = end ? (size_t)(end - from) : imap->n - imap->at;
    buf_add(&b, (Str){ from, n });
    imap->at += n + (end != NULL);
    if (b.n > LINE_CAP) return fail(cx, E_BUSY, "The mail server sent a line without end.");
    if (end) break;
  }
  *ret = buf_str(&b);
  if (str_ends(*ret, S("\r"))) ret->n--;
  return E_OK;
}

static Err read_bytes(Cx *cx, Imap *imap, size_t n, Str *ret) {
  char *p = NEW_N(cx->arena, char, n + 1);
  for (size_t have = 0; have < n;) {
    if (imap->at == imap->n) TRY(fill(cx, imap));
    size_t part = imap->n - imap->at < n - have ? imap->n - imap->at : n - have;
    memcpy(p + have, imap->in + imap->at, part);
    imap->at += part;
    have += part;
  }
  *ret = (Str){ p, n };
  return E_OK;
}

/* "… {123}" at the end of a line: that many bytes follow. */
static bool literal_after(Str line, int64_t *ret) {
  Str head, number;
  if (!str_ends(line, S("}")) || !str_cut_last(str_head(line, line.n - 1), '{', &head, &number)) return false;
  return str_int(number, ret) && *ret >= 0;
}

static Err read_response(Cx *cx, Imap *imap, size_t cap, Response *ret) {
  *ret = (Response){ 0 };
  for (;;) {
    if (ret->n + 2 > PIECES) return fail(cx, E_BUSY, "The mail server answered with more pieces than we can follow.");
    TRY(read_line(cx, imap, &ret->piece[ret->n++]));
    int64_t n;
    if (!literal_after(ret->piece[ret->n - 1], &n)) return E_OK;
    if ((uint64_t)n > cap) return fail(cx, E_BUSY, "The mail server sent more than was asked for.");
    TRY(read_bytes(cx, imap, (size_t)n, &ret->piece[ret->n++]));
  }
}

/* ---- commands */

static Str untagged(const Response *r, const char *word) {
  Str line = r->piece[0], rest = str_from(line, 2);
  return str_starts(line, S("* ")) && str_istarts(rest, str_z(word)) ? str_trim(str_from(rest, strlen(word))) : S("");
}

/* "… [CODE 12] …" of a status line */
static bool code_number(Str line, const char *code, int64_t *ret) {
  size_t at = str_ifind(line, str_z(code));
  if (at == SIZE_MAX) return false;
  Str number, rest;
  return str_cut(str_from(line, at + strlen(code)), ']', &number, &rest) && str_int(str_trim(number), ret);
}

/* Says one command and reads until its end; each answer on the way goes to `heard`. *ret_no: what a refusal said, "" if none. */
typedef void Heard(Cx *, const Response *, void *arg);
static Err command(Cx *cx, Imap *imap, Str words, size_t cap, Heard *heard, void *arg, Str *ret_no) {
  Str tag = str_fmt(cx->arena, "A%d ", ++imap->tag);
  *ret_no = S("");
  TRY(say(cx, imap, str_cat(cx->arena, tag, words, S("\r\n"))));
  for (;;) {
    Response r;
    TRY(read_response(cx, imap, cap, &r));
    Str line = r.piece[0];
    if (str_istarts(line, S("* BYE")))
      return fail(cx, E_BUSY, "The server " STR_FMT " hung up: " STR_FMT, STR_ARG(wire_name(cx->arena, &imap->url)), STR_ARG(str_head(str_trim(str_from(line, 5)), 200)));
    if (!str_starts(line, tag)) {
      if (heard) heard(cx, &r, arg);
      continue;
    }
    Str end = str_from(line, tag.n);
    if (!str_istarts(end, S("OK"))) *ret_no = end.n ? end : S("NO");
    return E_OK;
  }
}

static Str quoted(Arena *a, Str s) {
  Buf b = { .arena = a };
  buf_char(&b, '"');
  for (size_t i = 0; i < s.n; i++) {
    if ((unsigned char)s.p[i] < ' ') continue;
    if (s.p[i] == '"' || s.p[i] == '\\') buf_char(&b, '\\');
    buf_char(&b, s.p[i]);
  }
  buf_char(&b, '"');
  return buf_str(&b);
}

static void heard_folder(Cx *cx, const Response *r, void *arg) {
  (void)cx;
  ImapFolder *f = arg;
  Str line = r->piece[0], number, word;
  code_number(line, "[UIDVALIDITY ", &f->uidvalidity);
  code_number(line, "[UIDNEXT ", &f->uidnext);
  if (str_starts(line, S("* ")) && str_cut(str_from(line, 2), ' ', &number, &word) && str_istarts(word, S("EXISTS")))
    (void)!str_int(number, &f->exists);
}

Err imap_select(Cx *cx, Imap *imap, Str folder, ImapFolder *ret) {
  *ret = (ImapFolder){ 0 };
  Str name = folder.n ? folder : S("INBOX"), no;
  TRY(command(cx, imap, str_cat(cx->arena, S("SELECT "), quoted(cx->arena, name)), 4096, heard_folder, ret, &no));
  if (no.n) return fail(cx, E_ABSENT, "There is no folder called " STR_FMT " in this mailbox.", STR_ARG(str_head(name, 100)));
  return E_OK;
}

typedef struct { int64_t from; ImapUids *to; } Search;

static void heard_search(Cx *cx, const Response *r, void *arg) {
  Search *s = arg;
  Str rest = untagged(r, "SEARCH"), word;
  int64_t uid;
  while (rest.n) {
    str_cut(rest, ' ', &word, &rest);
    if (str_int(word, &uid) && uid >= s->from) vec_add(cx->arena, s->to, uid);
  }
}

static int by_number(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static Err search(Cx *cx, Imap *imap, Str words, int64_t from, ImapUids *ret) {
  *ret = (ImapUids){ 0 };
  Str no;
  TRY(command(cx, imap, words, 4096, heard_search, &(Search){ from, ret }, &no));
  if (no.n) return fail(cx, E_DENIED, "The mail server would not list what is new: " STR_FMT, STR_ARG(str_head(no, 200)));
  if (ret->n) qsort(ret->at, ret->n, sizeof *ret->at, by_number);
  return E_OK;
}

/* n:* names at least the last message, even if its UID is smaller. */
Err imap_uids_from(Cx *cx, Imap *imap, int64_t from, ImapUids *ret) {
  return search(cx, imap, str_fmt(cx->arena, "UID SEARCH UID %lld:*", (long long)from), from, ret);
}

Err imap_uids_since(Cx *cx, Imap *imap, int64_t since, bool unseen, ImapUids *ret) {
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  int y, m, d;
  clock_civil(since / DAY, &y, &m, &d);
  return search(cx, imap, str_fmt(cx->arena, "UID SEARCH %sSINCE %d-%s-%04d", unseen ? "UNSEEN " : "", d, months[m - 1], y), 1, ret);
}

/* ---- FETCH */

/* The number after a word of a FETCH answer: "UID 5". */
static bool item_number(Str text, const char *word, int64_t *ret) {
  for (size_t at = 0, next; (next = str_ifind(str_from(text, at), str_z(word))) != SIZE_MAX;) {
    at += next;
    bool begins = at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == '(';
    at += strlen(word);
    Str number = str_from(text, at);
    size_t n = 0;
    while (n < number.n && number.p[n] >= '0' && number.p[n] <= '9') n++;
    if (begins && n) return str_int(str_head(number, n), ret);
  }
  return false;
}

typedef struct { int64_t uid, size; Str body; bool sized, found; } Fetched;

static void heard_fetch(Cx *cx, const Response *r, void *arg) {
  (void)cx;
  Fetched *f = arg;
  Str first = r->piece[0], last = r->piece[r->n - 1];
  int64_t uid = 0, size = 0;
  if (str_ifind(first, S(" FETCH ")) == SIZE_MAX) return;
  if (!item_number(first, "UID ", &uid) && !item_number(last, "UID ", &uid)) return;
  if (uid != f->uid) return;
  if (item_number(first, "RFC822.SIZE ", &size)) { f->size = size; f->sized = true; }
  size_t at = str_ifind(first, S("BODY[]"));
  if (at == SIZE_MAX) return;
  if (r->n > 1) { f->body = r->piece[1]; f->found = true; return; }
  Str rest = str_from(first, at + 6), head, text, tail;        /* short ones may come as "…", or as NIL */
  f->found = str_ifind(rest, S("NIL")) != SIZE_MAX;
  if (str_cut(rest, '"', &head, &text) && str_cut_last(text, '"', &text, &tail)) { f->body = text; f->found = true; }
}

static Err fetch(Cx *cx, Imap *imap, const char *what, size_t cap, Fetched *f) {
  Str no;
  TRY(command(cx, imap, str_fmt(cx->arena, "UID FETCH %lld %s", (long long)f->uid, what), cap + 4096, heard_fetch, f, &no));
  if (no.n) return fail(cx, E_DENIED, "The mail server could not hand the message over: " STR_FMT, STR_ARG(str_head(no, 200)));
  return E_OK;
}

Err imap_size(Cx *cx, Imap *imap, int64_t uid, int64_t *ret) {
  Fetched f = { .uid = uid };
  TRY(fetch(cx, imap, "(UID RFC822.SIZE)", 0, &f));
  if (!f.sized) return fail(cx, E_ABSENT, "The message is not in the mailbox any more.");
  *ret = f.size;
  return E_OK;
}

Err imap_fetch(Cx *cx, Imap *imap, int64_t uid, size_t cap, Str *ret) {
  Fetched f = { .uid = uid };
  const char *what = str_cstr(cx->arena, str_fmt(cx->arena, "(UID BODY.PEEK[]<0.%zu>)", cap));
  /* an answer to <0.n> is called BODY[]<0> */
  TRY(fetch(cx, imap, what, cap, &f));
  if (!f.found) return fail(cx, E_ABSENT, "The message is not in the mailbox any more.");
  *ret = f.body;
  return E_OK;
}

Err imap_seen(Cx *cx, Imap *imap, int64_t uid) {
  Str no;
  TRY(command(cx, imap, str_fmt(cx->arena, "UID STORE %lld +FLAGS.SILENT (\\Seen)", (long long)uid), 4096, NULL, NULL, &no));
  return no.n ? fail(cx, E_DENIED, "The mail server would not mark the message as seen.") : E_OK;
}

void imap_close(Imap *imap) {
  if (!imap || !imap->curl) return;
  size_t n;
  (void)curl_easy_send(imap->curl, "ZZ LOGOUT\r\n", 11, &n);
  hang_up(imap);
}
