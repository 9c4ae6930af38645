/* text/mime_write.c: see mime_write.h. */
#include "text/mime_write.h"
#include <gmime/gmime.h>
#include "base/clock.h"
#include "text/caps.h"
#include "text/gmime_once.h"
#include "text/tidy.h"

/* ---- what is refused */

static bool controls(Str s) {
  for (size_t i = 0; i < s.n; i++) if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f) return true;
  return !str_utf8_ok(s);
}

static bool id_ok(Str id) {
  for (size_t i = 0; i < id.n; i++) if ((unsigned char)id.p[i] <= 0x20 || (unsigned char)id.p[i] >= 0x7f || id.p[i] == '<' || id.p[i] == '>') return false;
  return id.n > 0 && id.n <= CAP_MESSAGE_ID && memchr(id.p, '@', id.n);
}

static Err check_person(Cx *cx, const char *field, MailAddr who) {
  if (!mailaddr_ok(who.email)) return fail_field(cx, field, "\"" STR_FMT "\" is no mail address", STR_ARG(str_head(who.email, 100)));
  if (controls(who.name) || who.name.n > CAP_NAME_BYTES) return fail_field(cx, field, "the name holds a control character or is too long");
  return E_OK;
}

static Err check_people(Cx *cx, const char *field, MailAddrs list) {
  for (size_t i = 0; i < list.n; i++) TRY(check_person(cx, field, list.at[i]));
  return E_OK;
}

static bool header_name_ok(Str name) {
  for (size_t i = 0; i < name.n; i++) if (name.p[i] <= ' ' || name.p[i] >= 0x7f || name.p[i] == ':') return false;
  return name.n > 0 && name.n < 60 && !str_istarts(name, S("Content-"));
}

static Err check(Cx *cx, const MailOut *m) {
  TRY(check_person(cx, "from", m->from));
  if (m->reply_to.email.n) TRY(check_person(cx, "reply_to", m->reply_to));
  if (!m->to.n && !m->cc.n) return fail_field(cx, "to", "a mail needs somebody to go to");
  TRY(check_people(cx, "to", m->to));
  TRY(check_people(cx, "cc", m->cc));
  if (controls(m->subject)) return fail_field(cx, "subject", "the subject holds a control character");
  if (!id_ok(m->message_id)) return fail_field(cx, "message_id", "this is no Message-ID");
  if (m->in_reply_to.n && !id_ok(m->in_reply_to)) return fail_field(cx, "in_reply_to", "this is no Message-ID");
  if (controls(m->auto_submitted) || controls(m->language)) return fail_field(cx, "auto_submitted", "a header holds a control character");
  for (size_t i = 0; i < m->n_extra; i++)
    if (!header_name_ok(m->extra[i].name) || controls(m->extra[i].value)) return fail_field(cx, "extra", "a header holds a control character");
  size_t all = m->text.n + m->html.s.n;
  for (size_t i = 0; i < m->n_files; i++) {
    if (controls(m->files[i].name) || controls(m->files[i].type) || controls(m->files[i].cid)) return fail_field(cx, "files", "a file's name or type holds a control character");
    all += m->files[i].bytes.n / 3 * 4;
  }
  return all > CAP_MAIL_BYTES ? fail(cx, E_TOO_LARGE, "the mail would be larger than %d bytes", CAP_MAIL_BYTES) : E_OK;
}

/* ---- parts */

static GMimeObject *part_of(Arena *a, Str type, Str bytes, GMimeContentEncoding encoding) {
  GMimePart *p = g_mime_part_new();
  GMimeContentType *ct = g_mime_content_type_parse(NULL, str_cstr(a, type));
  g_mime_object_set_content_type(GMIME_OBJECT(p), ct);
  g_object_unref(ct);
  GMimeStream *mem = g_mime_stream_mem_new_with_buffer(bytes.p, bytes.n);
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(mem, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_part_set_content(p, content);
  g_mime_part_set_content_encoding(p, encoding);
  g_object_unref(content);
  g_object_unref(mem);
  return GMIME_OBJECT(p);
}

/* Mostly ASCII reads best as quoted-printable; other scripts take less room as base64. */
static GMimeContentEncoding encoding_for(Str s) {
  size_t high = 0;
  for (size_t i = 0; i < s.n; i++) high += (unsigned char)s.p[i] >= 0x80;
  return high > s.n / 4 ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

/* Text goes out with CR LF inside base64 too, as RFC 2046 4.1.1 wants. */
static Str with_crlf(Arena *a, Str s) {
  Buf b = { .arena = a };
  for (Str line; s.n;) {
    line = str_line(&s);
    buf_add(&b, line);
    buf_add(&b, S("\r\n"));
  }
  return buf_str(&b);
}

static GMimeObject *words_part(Arena *a, Str type, Str words) {
  words = with_crlf(a, str_utf8_fix(a, words));
  return part_of(a, type, words, encoding_for(words));
}

static void named(GMimeParamList *params, const char *param, const char *name) {
  g_mime_param_list_set_parameter(params, param, name);
  g_mime_param_set_charset(g_mime_param_list_get_parameter(params, param), "utf-8");
}

static GMimeObject *file_part(Arena *a, const MailFile *f) {
  bool message = str_eq(f->type, S("message/rfc822")) || str_starts(f->type, S("multipart/"));     /* those may not be base64 */
  GMimeObject *p = part_of(a, f->type.n && !message ? f->type : S("application/octet-stream"), f->bytes, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition(p, f->is_inline ? "inline" : "attachment");
  const char *name = str_cstr(a, f->name.n ? f->name : S("file"));
  named(g_mime_content_disposition_get_parameters(g_mime_object_get_content_disposition(p)), "filename", name);
  named(g_mime_content_type_get_parameters(g_mime_object_get_content_type(p)), "name", name);
  if (f->cid.n) g_mime_object_set_content_id(p, str_cstr(a, f->cid));
  return p;
}

/* A multipart whose boundary comes from the Message-ID: the same mail gives the same bytes, and no text can foresee it. */
static GMimeMultipart *multipart(Arena *a, const MailOut *m, const char *subtype, int level) {
  GMimeMultipart *mp = g_mime_multipart_new_with_subtype(subtype);
  uint64_t h = 0xcbf29ce484222325u;
  for (size_t i = 0; i < m->message_id.n; i++) h = (h ^ (unsigned char)m->message_id.p[i]) * 0x100000001b3u;
  g_mime_multipart_set_boundary(mp, str_cstr(a, str_fmt(a, "=_%d_%016llx", level, (unsigned long long)h)));
  return mp;
}

static void add(GMimeMultipart *mp, GMimeObject *part) {
  g_mime_multipart_add(mp, part);
  g_object_unref(part);
}

static GMimeObject *html_part(Arena *a, const MailOut *m) {
  GMimeObject *html = words_part(a, S("text/html; charset=utf-8"), m->html.s);
  GMimeMultipart *mp = NULL;
  for (size_t i = 0; i < m->n_files; i++) {
    if (!m->files[i].is_inline || !m->files[i].cid.n) continue;
    if (!mp) { mp = multipart(a, m, "related", 3); add(mp, html); }
    add(mp, file_part(a, &m->files[i]));
  }
  return mp ? GMIME_OBJECT(mp) : html;
}

static GMimeObject *body_part(Arena *a, const MailOut *m) {
  GMimeObject *text = words_part(a, S("text/plain; charset=utf-8"), m->text);
  if (!m->html.s.n) return text;
  GMimeMultipart *mp = multipart(a, m, "alternative", 2);
  add(mp, text);
  add(mp, html_part(a, m));
  return GMIME_OBJECT(mp);
}

static GMimeObject *whole(Arena *a, const MailOut *m) {
  GMimeObject *body = body_part(a, m);
  GMimeMultipart *mp = NULL;
  for (size_t i = 0; i < m->n_files; i++) {
    if (m->files[i].is_inline && m->files[i].cid.n && m->html.s.n) continue;
    if (!mp) { mp = multipart(a, m, "mixed", 1); add(mp, body); }
    MailFile f = m->files[i];
    f.is_inline = false;
    add(mp, file_part(a, &f));
  }
  return mp ? GMIME_OBJECT(mp) : body;
}

/* ---- headers */

static void header(Arena *a, GMimeMessage *msg, const char *name, Str value) {
  g_mime_object_set_header(GMIME_OBJECT(msg), name, str_cstr(a, value), "utf-8");
}

static void person(Arena *a, GMimeMessage *msg, GMimeAddressType type, MailAddr who) {
  InternetAddress *ia = internet_address_mailbox_new(who.name.n ? str_cstr(a, who.name) : NULL, str_cstr(a, who.email));
  internet_address_set_charset(ia, "utf-8");
  internet_address_list_add(g_mime_message_get_addresses(msg, type), ia);
  g_object_unref(ia);
}

static void put_ids(Buf *b, const Str *ids, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (!id_ok(ids[i])) continue;
    if (b->n) buf_char(b, ' ');
    buf_char(b, '<');
    buf_add(b, ids[i]);
    buf_char(b, '>');
  }
}

static Str references(Arena *a, const MailOut *m) {
  Buf b = { .arena = a };
  size_t n = m->n_references, most = MIME_REFERENCES_OUT;
  if (n <= most) put_ids(&b, m->references, n);
  else { put_ids(&b, m->references, 1); put_ids(&b, m->references + n - (most - 1), most - 1); }
  return buf_str(&b);
}

static void write_headers(Arena *a, GMimeMessage *msg, const MailOut *m) {
  GDateTime *at = g_date_time_new_from_unix_utc(m->date / SECOND);
  person(a, msg, GMIME_ADDRESS_TYPE_FROM, m->from);
  for (size_t i = 0; i < m->to.n; i++) person(a, msg, GMIME_ADDRESS_TYPE_TO, m->to.at[i]);
  for (size_t i = 0; i < m->cc.n; i++) person(a, msg, GMIME_ADDRESS_TYPE_CC, m->cc.at[i]);
  if (m->reply_to.email.n) person(a, msg, GMIME_ADDRESS_TYPE_REPLY_TO, m->reply_to);
  g_mime_message_set_subject(msg, str_cstr(a, m->subject), "utf-8");
  if (at) g_mime_message_set_date(msg, at);
  if (at) g_date_time_unref(at);
  g_mime_message_set_message_id(msg, str_cstr(a, m->message_id));
  Str chain = references(a, m);
  if (m->in_reply_to.n) header(a, msg, "In-Reply-To", str_cat(a, S("<"), m->in_reply_to, S(">")));
  if (chain.n) header(a, msg, "References", chain);
  if (m->auto_submitted.n) {
    header(a, msg, "Auto-Submitted", m->auto_submitted);
    header(a, msg, "Precedence", S("bulk"));
    header(a, msg, "X-Auto-Response-Suppress", S("All"));
  }
  for (size_t i = 0; i < m->n_extra; i++) header(a, msg, str_cstr(a, m->extra[i].name), m->extra[i].value);
  if (m->language.n) header(a, msg, "Content-Language", m->language);
  header(a, msg, "MIME-Version", S("1.0"));
}

Err mime_write(Cx *cx, const MailOut *m, Str *ret) {
  gmime_once();
  TRY(check(cx, m));
  GMimeMessage *msg = g_mime_message_new(FALSE);
  GMimeObject *body = whole(cx->arena, m);
  write_headers(cx->arena, msg, m);
  g_mime_message_set_mime_part(msg, body);
  g_object_unref(body);
  GMimeFormatOptions *format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  GMimeStream *mem = g_mime_stream_mem_new();
  g_mime_object_write_to_stream(GMIME_OBJECT(msg), format, mem);
  GByteArray *got = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
  *ret = str_dup(cx->arena, (Str){ (const char *)got->data, got->len });
  g_object_unref(mem);
  g_mime_format_options_free(format);
  g_object_unref(msg);
  return E_OK;
}
