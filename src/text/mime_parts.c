/* text/mime_parts.c: see mime_parts.h. Each part gives a body (a text, an HTML, or both); alternatives choose between
   bodies, everything else joins them; what is no body is a file. */
#include "text/mime_parts.h"
#include "base/vec.h"
#include "text/caps.h"
#include "text/charset.h"
#include "text/encword.h"
#include "text/html_text.h"
#include "text/linkify.h"
#include "text/mime_text.h"
#include "text/quote.h"
#include "text/tidy.h"
#include "text/tnef.h"

typedef struct { Str text, html; bool has_text, has_html; } Body;

typedef struct {
  Cx  *cx;
  VEC(MailFile) files;
  int  parts, unnamed;
  bool has_body;
  Err  err;
} Walk;

Str mime_bytes(Arena *a, GMimeObject *part) {
  GMimeDataWrapper *content = GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
  if (!content) return S("");
  GMimeStream *mem = g_mime_stream_mem_new();
  g_mime_data_wrapper_write_to_stream(content, mem);
  GByteArray *got = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
  Str bytes = str_dup(a, (Str){ (const char *)got->data, got->len });
  g_object_unref(mem);
  return bytes;
}

Str mime_source(Arena *a, GMimeObject *o) {
  GMimeStream *mem = g_mime_stream_mem_new();
  g_mime_object_write_to_stream(o, NULL, mem);
  GByteArray *got = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(mem));
  Str bytes = str_dup(a, (Str){ (const char *)got->data, got->len });
  g_object_unref(mem);
  return bytes;
}

Str mime_header_text(Arena *a, const char *raw) {
  Str s = str_head(str_z(raw), CAP_HEADER_VALUE);
  return tidy_line(a, encword_decode(a, s), CAP_HEADER_VALUE);
}

/* ---- names of files */

static Str extension_of(Str type) {
  static const struct { const char *type, *ext; } known[] = {
    { "text/calendar", "ics" }, { "text/plain", "txt" }, { "text/html", "html" }, { "text/csv", "csv" }, { "text/vcard", "vcf" }, { "image/jpeg", "jpg" },
    { "image/png", "png" }, { "image/gif", "gif" }, { "image/webp", "webp" }, { "image/heic", "heic" }, { "image/tiff", "tif" }, { "image/svg+xml", "svg" },
    { "application/pdf", "pdf" }, { "application/zip", "zip" }, { "application/pgp-signature", "asc" }, { "application/pkcs7-signature", "p7s" },
    { "application/x-pkcs7-signature", "p7s" }, { "application/pkcs7-mime", "p7m" }, { "message/delivery-status", "txt" }, { "message/rfc822", "eml" },
    { "text/rfc822-headers", "txt" }, { "audio/mpeg", "mp3" }, { "audio/amr", "amr" }, { "video/mp4", "mp4" },
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) if (str_eq(type, str_z(known[i].type))) return str_z(known[i].ext);
  return str_starts(type, S("message/")) ? S("txt") : S("bin");
}

/* Never a path, never hidden, no marks that shells and file systems mind; cut in the middle so that its ending stays. */
static Str file_name(Arena *a, Str given) {
  Str name = tidy_line(a, given, 4 * CAP_FILE_NAME), head, tail;
  if (str_cut_last(name, '/', &head, &tail)) name = tail;
  if (str_cut_last(name, '\\', &head, &tail)) name = tail;
  Buf b = { .arena = a };
  while (name.n && (name.p[0] == '.' || name.p[0] == ' ')) name = str_from(name, 1);
  for (size_t i = 0; i < name.n; i++) buf_char(&b, strchr(":*?\"<>|", name.p[i]) ? '_' : name.p[i]);
  name = str_trim(buf_str(&b));
  if (name.n <= CAP_FILE_NAME) return name;
  bool ends = str_cut_last(name, '.', &head, &tail) && tail.n <= 16;
  return ends ? str_cat(a, tidy_cap(name, CAP_FILE_NAME - tail.n - 1), S("."), tail) : tidy_cap(name, CAP_FILE_NAME);
}

static Str made_up_name(Walk *w, Str type) {
  if (str_eq(type, S("text/calendar"))) return S("invite.ics");
  bool picture = str_starts(type, S("image/"));
  Str ext = extension_of(type);
  return str_fmt(w->cx->arena, "%s-%d." STR_FMT, picture ? "image" : "file", ++w->unnamed, STR_ARG(ext));
}

static void add_file(Walk *w, Str name, Str type, Str cid, Str bytes) {
  if (w->files.n >= CAP_ATTACHMENTS) return;
  name = file_name(w->cx->arena, name);
  if (!name.n) name = made_up_name(w, type);
  vec_add(w->cx->arena, &w->files, (MailFile){ .name = name, .type = type, .cid = cid, .bytes = bytes });
}

static void add_uu(void *arg, Str name, Str bytes) { add_file(arg, name, S("application/octet-stream"), S(""), bytes); }

/* ---- what a part is */

static Str type_of(Arena *a, GMimeObject *o) {
  GMimeContentType *ct = g_mime_object_get_content_type(o);
  const char *type = ct ? g_mime_content_type_get_media_type(ct) : NULL, *sub = ct ? g_mime_content_type_get_media_subtype(ct) : NULL;
  if (!type || !sub) return S("text/plain");
  Str all = str_lower(a, tidy_line(a, str_cat(a, str_z(type), S("/"), str_z(sub)), 100));
  bool unreadable = GMIME_IS_TEXT_PART(o) && !str_starts(all, S("text/"));       /* a Content-Type no one can read: text */
  return unreadable ? S("text/plain") : all;
}

static Str param(Arena *a, GMimeObject *o, const char *name) {
  GMimeContentType *ct = g_mime_object_get_content_type(o);
  const char *value = ct ? g_mime_content_type_get_parameter(ct, name) : NULL;
  return value ? tidy_line(a, str_z(value), 200) : S("");
}

static Str given_name(Arena *a, GMimeObject *o) {
  const char *name = GMIME_IS_PART(o) ? g_mime_part_get_filename(GMIME_PART(o)) : NULL;
  return name ? encword_decode(a, str_z(name)) : S("");
}

static bool readable(Str type) {
  return str_eq(type, S("text/plain")) || str_eq(type, S("text/html")) || str_eq(type, S("text/enriched")) || str_eq(type, S("text/richtext"))
      || str_eq(type, S("text/markdown"));
}

static bool is_body(const Walk *w, GMimeObject *o, Str type) {
  const char *how = g_mime_object_get_disposition(o);
  if (!readable(type) || (how && str_ieq(str_z(how), S("attachment")))) return false;
  return !w->has_body || !given_name(w->cx->arena, o).n;
}

/* ---- bodies */

static Body text_body(Walk *w, GMimeObject *o, Str type) {
  Arena *a = w->cx->arena;
  Str bytes = str_head(mime_bytes(a, o), CAP_MAIL_TEXT), label = param(a, o, "charset");
  bool html = !str_eq(type, S("text/plain")) && !str_eq(type, S("text/markdown"));
  if (html && !label.n) label = charset_of_html(bytes);
  Str words = tidy_text(a, charset_utf8(a, bytes, label), CAP_MAIL_TEXT);
  w->has_body = w->has_body || words.n > 0;
  if (html) return (Body){ .html = words, .has_html = words.n > 0 };
  if (str_ieq(param(a, o, "format"), S("flowed"))) words = text_unflow(a, words, str_ieq(param(a, o, "delsp"), S("yes")));
  text_take_uu(a, &words, add_uu, w);
  return (Body){ .text = words, .has_text = words.n > 0 };
}

static Str both(Arena *a, Str x, Str y, Str between) { return !x.n ? y : !y.n ? x : str_cat(a, x, between, y); }

/* One after the other; where only one has HTML the other's words are put into HTML too. */
static Body joined(Arena *a, Body x, Body y) {
  if (!x.has_text && !x.has_html) return y;
  if (!y.has_text && !y.has_html) return x;
  Str xt = x.has_text ? x.text : html_to_text(a, x.html, NULL), yt = y.has_text ? y.text : html_to_text(a, y.html, NULL);
  Body b = { .text = both(a, xt, yt, S("\n\n")), .has_text = true, .has_html = x.has_html || y.has_html };
  if (!b.has_html) return b;
  Str xh = x.has_html ? x.html : text_to_html(a, x.text).s, yh = y.has_html ? y.html : text_to_html(a, y.text).s;
  b.html = both(a, xh, yh, S("\n"));
  return b;
}

static Body body_of(Walk *w, GMimeObject *o, int depth);

static Body alternatives(Walk *w, GMimeMultipart *m, int depth) {
  Body best = { 0 };
  int n = g_mime_multipart_get_count(m);
  bool before = w->has_body;
  for (int i = 0; i < n && !w->err; i++) {
    GMimeObject *part = g_mime_multipart_get_part(m, i);
    if (str_eq(type_of(w->cx->arena, part), S("text/x-amp-html"))) continue;
    w->has_body = before;                                        /* each stands for the same words */
    Body b = body_of(w, part, depth + 1);
    if (b.has_text && !best.has_text) { best.text = b.text; best.has_text = true; }
    if (b.has_html) { best.html = b.html; best.has_html = true; }
  }
  w->has_body = w->has_body || best.has_text || best.has_html;
  return best;
}

static Body sequence(Walk *w, GMimeMultipart *m, int depth) {
  Body all = { 0 };
  int n = g_mime_multipart_get_count(m);
  for (int i = 0; i < n && !w->err; i++) all = joined(w->cx->arena, all, body_of(w, g_mime_multipart_get_part(m, i), depth + 1));
  return all;
}

/* A multipart without a boundary: its first line that begins with two dashes must be it. */
static Body unbounded(Walk *w, GMimeMultipart *m, int depth) {
  Arena *a = w->cx->arena;
  const char *all = g_mime_multipart_get_prologue(m);
  for (Str rest = str_z(all ? all : ""), line; rest.n;) {
    line = str_line(&rest);
    if (!str_starts(line, S("--")) || line.n < 3 || line.n > 200 || memchr(line.p, '"', line.n) || str_ends(line, S("--"))) continue;
    Str again = str_cat(a, S("Content-Type: multipart/mixed; boundary=\""), str_trim(str_from(line, 2)), S("\"\n\n"), str_z(all));
    GMimeStream *mem = g_mime_stream_mem_new_with_buffer(again.p, again.n);
    GMimeParser *parser = g_mime_parser_new_with_stream(mem);
    GMimeObject *part = g_mime_parser_construct_part(parser, NULL);
    Body b = part ? body_of(w, part, depth + 1) : (Body){ 0 };
    if (part) g_object_unref(part);
    g_object_unref(parser);
    g_object_unref(mem);
    return b;
  }
  Str text = tidy_text(a, charset_utf8(a, str_z(all ? all : ""), S("")), CAP_MAIL_TEXT);
  return (Body){ .text = text, .has_text = text.n > 0 };
}

static void message_file(Walk *w, GMimeObject *o) {
  Arena *a = w->cx->arena;
  GMimeMessage *m = g_mime_message_part_get_message(GMIME_MESSAGE_PART(o));
  if (!m) return;
  const char *raw = g_mime_object_get_header(GMIME_OBJECT(m), "Subject");
  Str subject = tidy_line(a, encword_decode(a, str_z(raw ? raw : "")), 120);
  Str name = str_cat(a, subject.n ? subject : S("message"), S(".eml"));
  Buf neat = { .arena = a };
  for (size_t i = 0; i < name.n; i++) buf_char(&neat, name.p[i] == '/' || name.p[i] == '\\' ? '_' : name.p[i]);
  add_file(w, buf_str(&neat), S("message/rfc822"), S(""), mime_source(a, GMIME_OBJECT(m)));
}

/* winmail.dat opened: what is inside takes its place. */
static bool tnef_body(Walk *w, Str bytes, Body *ret) {
  Tnef t;
  if (!tnef_read(w->cx->arena, bytes, &t) || (!t.n_files && !t.text.n && !t.html.n)) return false;
  for (size_t i = 0; i < t.n_files; i++) add_file(w, t.files[i].name, t.files[i].type, t.files[i].cid, t.files[i].bytes);
  if (!w->has_body) {
    Str text = tidy_text(w->cx->arena, t.text, CAP_MAIL_TEXT), html = tidy_text(w->cx->arena, t.html, CAP_MAIL_TEXT);
    *ret = (Body){ .text = text, .html = html, .has_text = text.n > 0, .has_html = html.n > 0 };
  }
  return true;
}

static Body leaf(Walk *w, GMimeObject *o) {
  Arena *a = w->cx->arena;
  Str type = type_of(a, o), name = given_name(a, o);
  Body b = { 0 };
  if (GMIME_IS_MESSAGE_PART(o)) { message_file(w, o); return b; }
  if (is_body(w, o, type)) return text_body(w, o, type);
  Str bytes = mime_bytes(a, o), lower = str_lower(a, name);
  bool tnef = str_eq(type, S("application/ms-tnef")) || str_eq(type, S("application/vnd.ms-tnef")) || str_eq(lower, S("winmail.dat"));
  if (tnef && tnef_body(w, bytes, &b)) return b;
  const char *cid = g_mime_object_get_content_id(o);
  add_file(w, name, type, cid ? tidy_line(a, str_z(cid), CAP_MESSAGE_ID) : S(""), bytes);
  return b;
}

static Body body_of(Walk *w, GMimeObject *o, int depth) {
  if (++w->parts > CAP_MAIL_PARTS) w->err = fail(w->cx, E_TOO_LARGE, "the mail has more than %d parts", CAP_MAIL_PARTS);
  else if (depth > CAP_MAIL_DEPTH) w->err = fail(w->cx, E_TOO_LARGE, "the mail is nested deeper than %d levels", CAP_MAIL_DEPTH);
  if (w->err) return (Body){ 0 };
  if (!GMIME_IS_MULTIPART(o)) return leaf(w, o);
  GMimeMultipart *m = GMIME_MULTIPART(o);
  if (g_mime_multipart_get_count(m) == 0) return unbounded(w, m, depth);
  return str_eq(type_of(w->cx->arena, o), S("multipart/alternative")) ? alternatives(w, m, depth) : sequence(w, m, depth);
}

/* ---- all of it */

static bool shown_in(Arena *a, Str html, Str cid) {
  return cid.n && str_ifind(html, str_cat(a, S("cid:"), cid)) != SIZE_MAX;
}

Err mime_parts(Cx *cx, GMimeObject *top, Mail *ret) {
  Walk w = { .cx = cx };
  Body b = top ? body_of(&w, top, 0) : (Body){ 0 };
  if (w.err) return w.err;
  ret->html = b.html;
  if (b.has_text) { ret->text = str_trim(b.text); ret->reply_end = quote_start(ret->text); }
  else ret->text = html_to_text(cx->arena, b.html, &ret->reply_end);
  for (size_t i = 0; i < w.files.n; i++) w.files.at[i].is_inline = shown_in(cx->arena, b.html, w.files.at[i].cid);
  ret->files = w.files.at;
  ret->n_files = w.files.n;
  return E_OK;
}
