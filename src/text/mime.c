/* text/mime.c: see mime.h. Measures the raw mail before GMime sees it, then reads the headers; parts are in mime_parts.c. */
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
#include "text/tidy.h"

enum { SUBJECT_BYTES = 2000, DASHED_LINES = 50000 };

/* ---- before GMime */

/* What some mailers and mail stores put before the first header: blank lines, a byte order mark, an mbox "From " line. */
static Str without_preface(Str raw) {
  if (str_starts(raw, S("\xEF\xBB\xBF"))) raw = str_from(raw, 3);
  while (raw.n && (raw.p[0] == '\n' || raw.p[0] == '\r')) raw = str_from(raw, 1);
  if (str_starts(raw, S("From ")) || str_starts(raw, S(">From "))) str_line(&raw);
  return raw;
}

/* Bytes of the header, and how many fields it has. */
static size_t header_size(Str raw, size_t *ret_fields) {
  Str rest = raw;
  *ret_fields = 0;
  while (rest.n) {
    Str line = str_line(&rest);
    if (!line.n) break;
    *ret_fields += line.p[0] != ' ' && line.p[0] != '\t';
  }
  return raw.n - rest.n;
}

static bool field_like(Str line) {
  Str name, value;
  if (!str_cut(line, ':', &name, &value) || !name.n) return false;
  for (size_t i = 0; i < name.n; i++) if ((unsigned char)name.p[i] <= ' ' || (unsigned char)name.p[i] >= 0x7f) return i > 0 && name.p[i] == ' ';
  return true;
}

static size_t dashed_lines(Str raw) {
  size_t n = str_starts(raw, S("--"));
  for (Str r = raw; r.n; n++) {
    size_t at = str_find(r, S("\n--"));
    if (at == SIZE_MAX) break;
    r = str_from(r, at + 3);
  }
  return n;
}

/* NUL bytes in the header go; a mail with CR alone as its line end gets LF. */
static Str mended(Arena *a, Str raw, size_t header) {
  bool bare = !memchr(raw.p, '\n', raw.n) && memchr(raw.p, '\r', raw.n);
  if (!bare && !memchr(raw.p, 0, header)) return raw;
  char *p = NEW_N(a, char, raw.n + 1);
  size_t n = 0;
  for (size_t i = 0; i < raw.n; i++)
    if (i >= header || raw.p[i]) p[n++] = bare && raw.p[i] == '\r' ? '\n' : raw.p[i];
  return (Str){ p, n };
}

static Err measured(Cx *cx, Str *raw) {
  size_t fields, header;
  if (raw->n > CAP_MAIL_BYTES) return fail(cx, E_TOO_LARGE, "the mail is larger than %d bytes", CAP_MAIL_BYTES);
  *raw = without_preface(*raw);
  if (!raw->n) return fail(cx, E_MALFORMED, "the mail is empty");
  header = header_size(*raw, &fields);
  *raw = mended(cx->arena, *raw, header);
  header = header_size(*raw, &fields);
  Str first, rest = *raw;
  bool any = false;
  while (rest.p < raw->p + header && rest.n && !any) { first = str_line(&rest); any = field_like(first); }
  if (!any) return fail(cx, E_MALFORMED, "this is no mail: it has no header");
  if (header > CAP_HEADER_BYTES) return fail(cx, E_TOO_LARGE, "the header of the mail is larger than %d bytes", CAP_HEADER_BYTES);
  if (fields > CAP_MAIL_HEADERS) return fail(cx, E_TOO_LARGE, "the mail has more than %d header fields", CAP_MAIL_HEADERS);
  if (dashed_lines(*raw) > DASHED_LINES) return fail(cx, E_TOO_LARGE, "the mail has too many lines that may part it");
  return E_OK;
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
static Str raw_all(Arena *a, GMimeHeaderList *list, const char *name) {
  Buf b = { .arena = a };
  int n = g_mime_header_list_get_count(list);
  for (int i = 0; i < n && b.n < CAP_HEADER_VALUE; i++) {
    GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
    if (!str_ieq(str_z(g_mime_header_get_name(h)), str_z(name))) continue;
    if (b.n) buf_char(&b, ',');
    buf_add(&b, str_head(str_z(g_mime_header_get_raw_value(h)), CAP_HEADER_VALUE));
  }
  return buf_str(&b);
}

static MailAddrs addresses(Arena *a, GMimeHeaderList *list, const char *name) { return mailaddr_list(a, raw_all(a, list, name)); }

static int count(GMimeHeaderList *list) { return list ? g_mime_header_list_get_count(list) : 0; }

static void copy_list(Arena *a, GMimeHeaderList *list, Mail *ret) {
  for (int i = 0, n = count(list); i < n; i++) {
    GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
    Str name = tidy_line(a, str_z(g_mime_header_get_name(h)), 100);
    ret->headers[ret->n_headers++] = (MailHeader){ name, mime_header_text(a, g_mime_header_get_raw_value(h)) };
  }
}

/* GMime keeps Content-… with the part that is the body. */
static void copy_headers(Arena *a, GMimeMessage *msg, Mail *ret) {
  GMimeObject *body = g_mime_message_get_mime_part(msg);
  GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(msg)), *more = body ? g_mime_object_get_header_list(body) : NULL;
  ret->headers = NEW_N(a, MailHeader, (size_t)(count(list) + count(more)));
  copy_list(a, list, ret);
  copy_list(a, more, ret);
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

static MailAddrs delivered_to(Arena *a, GMimeHeaderList *list, const Mail *m) {
  static const char *const names[] = { "Delivered-To", "X-Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Forwarded-To", "Resent-To", "Apparently-To" };
  Buf all = { .arena = a };
  for (size_t i = 0; i < COUNT(names); i++) {
    buf_add(&all, raw_all(a, list, names[i]));
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

static int64_t date_of(GMimeMessage *msg) {
  GDateTime *at = g_mime_message_get_date(msg);
  int64_t s = at ? g_date_time_to_unix(at) : 0;
  return s > 0 && s < 7258118400 ? s * SECOND : 0;               /* to the year 2200 */
}

static void read_headers(Arena *a, GMimeMessage *msg, Mail *m) {
  GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(msg));
  copy_headers(a, msg, m);
  m->subject = tidy_cap(mail_header(m, "Subject"), SUBJECT_BYTES);
  m->froms = addresses(a, list, "From");
  m->from = m->froms.n ? m->froms.at[0] : (MailAddr){ tidy_cap(mail_header(m, "From"), CAP_NAME_BYTES), S("") };
  m->sender = addresses(a, list, "Sender");
  m->to = addresses(a, list, "To");
  m->cc = addresses(a, list, "Cc");
  m->reply_to = addresses(a, list, "Reply-To");
  m->delivered_to = delivered_to(a, list, m);
  m->language = tidy_cap(mail_header(m, "Content-Language"), 35);
  m->date = date_of(msg);
  read_ids(a, m);
}

static Err read_message(Cx *cx, GMimeMessage *msg, Mail *ret) {
  *ret = (Mail){ .reply_end = -1 };
  read_headers(cx->arena, msg, ret);
  TRY(mime_parts(cx, g_mime_message_get_mime_part(msg), ret));
  ret->bounce = mail_bounce(cx->arena, ret);
  ret->automatic = mail_auto(cx->arena, ret);
  return E_OK;
}

Err mail_parse(Cx *cx, Str raw, Mail *ret) {
  gmime_once();
  TRY(measured(cx, &raw));
  GMimeStream *mem = g_mime_stream_mem_new_with_buffer(raw.p, raw.n);
  GMimeParser *parser = g_mime_parser_new_with_stream(mem);
  GMimeMessage *msg = g_mime_parser_construct_message(parser, NULL);
  Err e = msg ? read_message(cx, msg, ret) : fail(cx, E_MALFORMED, "this is no mail: it has no header");
  if (msg) g_object_unref(msg);
  g_object_unref(parser);
  g_object_unref(mem);
  return e;
}
