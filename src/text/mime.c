/* text/mime.c: see mime.h. Here the headers; the cutting is in mime_tree.c, the parts in mime_parts.c. */
#include "text/mime.h"
#include <gmime/gmime.h>
#include "base/clock.h"
#include "base/map.h"
#include "base/vec.h"
#include "text/caps.h"
#include "text/gmime_once.h"
#include "text/mail_auto.h"
#include "text/mail_bounce.h"
#include "text/mime_parts.h"
#include "text/mime_tree.h"
#include "text/tidy.h"

enum { SUBJECT_BYTES = 2000 };

/* ---- before it is cut */

/* What some mailers and mail stores put before the first header: blank lines, a byte order mark, an mbox "From " line. */
static Str without_preface(Str raw) {
  if (str_starts(raw, S("\xEF\xBB\xBF"))) raw = str_from(raw, 3);
  while (raw.n && (raw.p[0] == '\n' || raw.p[0] == '\r')) raw = str_from(raw, 1);
  if (str_starts(raw, S("From ")) || str_starts(raw, S(">From "))) str_line(&raw);
  return raw;
}

static size_t header_size(Str raw) {
  Str rest = raw;
  while (rest.n && str_line(&rest).n) { }
  return raw.n - rest.n;
}

/* NUL bytes in the header go; a mail with CR alone as its line end gets LF. */
static Str mended(Arena *a, Str raw) {
  size_t header = header_size(raw), n = 0;
  bool bare = !memchr(raw.p, '\n', raw.n) && memchr(raw.p, '\r', raw.n);
  if (!bare && !memchr(raw.p, 0, header)) return raw;
  char *p = NEW_N(a, char, raw.n + 1);
  for (size_t i = 0; i < raw.n; i++)
    if (i >= header || raw.p[i]) p[n++] = bare && raw.p[i] == '\r' ? '\n' : raw.p[i];
  return (Str){ p, n };
}

/* ---- headers */

Str mail_header(const Mail *m, const char *name) {
  for (size_t i = 0; i < m->n_headers; i++) if (str_ieq(m->headers[i].name, str_z(name))) return m->headers[i].value;
  return S("");
}

bool mail_has_header(const Mail *m, const char *name) {
  for (size_t i = 0; i < m->n_headers; i++) if (str_ieq(m->headers[i].name, str_z(name))) return true;
  return false;
}

static void id_add(Arena *a, Map *seen, Str id, Str *to, size_t *n) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < id.n; i++) if ((unsigned char)id.p[i] > ' ' && id.p[i] != '<' && id.p[i] != '>') buf_char(&b, id.p[i]);
  id = str_utf8_fix(a, buf_str(&b));
  if (!id.n || id.n > CAP_MESSAGE_ID || *n >= CAP_REFERENCES || map_get(seen, id)) return;
  map_put(seen, id, seen);
  to[(*n)++] = id;
}

size_t mail_ids(Arena *a, Str value, Str **ret) {
  Map *seen = map_new(a);
  Str *ids = NEW_N(a, Str, CAP_REFERENCES), rest = str_head(value, CAP_HEADER_VALUE), id, before;
  size_t n = 0;
  while (str_cut(rest, '<', &before, &rest) && str_cut(rest, '>', &id, &rest)) id_add(a, seen, id, ids, &n);
  if (!n && !memchr(value.p ? value.p : "", '<', value.n))
    for (rest = str_trim(value); rest.n; rest = str_trim(rest)) {
      size_t k = 0;
      while (k < rest.n && (unsigned char)rest.p[k] > ' ') k++;
      id_add(a, seen, str_head(rest, k), ids, &n);
      rest = str_from(rest, k ? k : 1);
    }
  *ret = ids;
  return n;
}

/* All fields of that name, raw, with commas between. */
static Str raw_all(Arena *a, const MimePart *top, const char *name) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < top->n_fields && b.n < CAP_HEADER_VALUE; i++) {
    if (!str_ieq(top->fields[i].name, str_z(name))) continue;
    if (b.n) buf_char(&b, ',');
    buf_add(&b, str_head(top->fields[i].value, CAP_HEADER_VALUE));
  }
  return buf_str(&b);
}

static MailAddrs addresses(Arena *a, const MimePart *top, const char *name) { return mailaddr_list(a, raw_all(a, top, name)); }

static void copy_headers(Arena *a, const MimePart *top, Mail *ret) {
  ret->headers = NEW_N(a, MailHeader, top->n_fields);
  for (size_t i = 0; i < top->n_fields; i++)
    ret->headers[ret->n_headers++] = (MailHeader){ str_head(top->fields[i].name, 100), mime_text_of(a, top->fields[i].value) };
}

/* "from a by b with c for <ana@example.org>; date" → the address; "" if there is none. */
static Str received_for(Arena *a, Str value) {
  size_t at = str_ifind(value, S(" for "));
  if (at == SIZE_MAX) return S("");
  Str word, rest = str_trim(str_from(value, at + 5));
  str_cut(rest, ';', &word, &rest);
  str_cut(str_trim(word), ' ', &word, &rest);
  if (str_starts(word, S("<"))) str_cut(str_from(word, 1), '>', &word, &rest);
  return mailaddr_normal(a, word);
}

static MailAddrs delivered_to(Arena *a, const MimePart *top, const Mail *m) {
  static const char *const names[] = { "Delivered-To", "X-Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "Resent-To", "Apparently-To" };
  Buf all = { .arena = a };
  for (size_t i = 0; i < COUNT(names); i++) {
    buf_add(&all, raw_all(a, top, names[i]));
    buf_char(&all, ',');
  }
  for (size_t i = 0; i < m->n_headers; i++) {
    if (!str_ieq(m->headers[i].name, S("Received"))) continue;
    buf_add(&all, received_for(a, m->headers[i].value));
    buf_char(&all, ',');
  }
  return mailaddr_list(a, buf_str(&all));
}

static void read_ids(Arena *a, Mail *m) {
  Str *ids, *more, reply = mail_header(m, "In-Reply-To");
  if (mail_ids(a, mail_header(m, "Message-ID"), &ids)) m->message_id = ids[0];
  m->n_references = mail_ids(a, str_head(mail_header(m, "References"), CAP_HEADER_VALUE), &m->references);
  size_t n = memchr(reply.p, '<', reply.n) || memchr(reply.p, '@', reply.n) ? mail_ids(a, reply, &more) : 0;
  if (n) m->in_reply_to = more[0];
  Map *seen = map_new(a);
  for (size_t i = 0; i < m->n_references; i++) map_put(seen, m->references[i], seen);
  for (size_t i = 1; i < n && m->n_references < CAP_REFERENCES; i++)
    if (!map_get(seen, more[i])) m->references[m->n_references++] = more[i];
}

static int64_t date_of(Arena *a, const MimePart *top) {
  Str raw = str_trim(str_head(mime_field(top, "Date"), 200));
  GDateTime *at = raw.n ? g_mime_utils_header_decode_date(gmime_cstr(a, raw)) : NULL;
  int64_t s = at ? g_date_time_to_unix(at) : 0;
  if (at) g_date_time_unref(at);
  return s > 0 && s < 7258118400 ? s * SECOND : 0;               /* to the year 2200 */
}

static void read_headers(Arena *a, const MimePart *top, Mail *m) {
  copy_headers(a, top, m);
  m->subject = tidy_cap(mail_header(m, "Subject"), SUBJECT_BYTES);
  m->froms = addresses(a, top, "From");
  m->from = m->froms.n ? m->froms.at[0] : (MailAddr){ tidy_cap(mail_header(m, "From"), CAP_NAME_BYTES), S("") };
  m->sender = addresses(a, top, "Sender");
  m->to = addresses(a, top, "To");
  m->cc = addresses(a, top, "Cc");
  m->reply_to = addresses(a, top, "Reply-To");
  m->delivered_to = delivered_to(a, top, m);
  m->language = tidy_cap(mail_header(m, "Content-Language"), 35);
  m->date = date_of(a, top);
  read_ids(a, m);
}

Err mail_parse(Cx *cx, Str raw, Mail *ret) {
  MimePart *top;
  if (raw.n > CAP_MAIL_BYTES) return fail(cx, E_TOO_LARGE, "the mail is larger than %d bytes", CAP_MAIL_BYTES);
  raw = without_preface(raw);
  if (!raw.n) return fail(cx, E_MALFORMED, "the mail is empty");
  TRY(mime_tree(cx, mended(cx->arena, raw), &top));
  if (!top->n_fields) return fail(cx, E_MALFORMED, "this is no mail: it has no header");
  *ret = (Mail){ .reply_end = -1 };
  read_headers(cx->arena, top, ret);
  mime_parts(cx->arena, top, ret);
  ret->bounce = mail_bounce(cx->arena, ret);
  ret->automatic = mail_auto(cx->arena, ret);
  return E_OK;
}
