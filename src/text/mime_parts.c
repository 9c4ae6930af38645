/* text/mime_parts.c: see mime_parts.h. Each part gives a body (a text, an HTML, or both); alternatives choose between
   bodies, everything else joins them; what is no body is a file. */
#include "text/mime_parts.h"
#include "base/vec.h"
#include "text/caps.h"
#include "text/charset.h"
#include "text/html_text.h"
#include "text/linkify.h"
#include "text/mime_text.h"
#include "text/quote.h"
#include "text/tidy.h"
#include "text/tnef.h"

typedef struct { Str text, html; bool has_text, has_html; } Body;

typedef struct {
  Arena *arena;
  VEC(MailFile) files;
  int    unnamed;
  bool   has_body;
} Walk;

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
  return str_fmt(w->arena, "%s-%d." STR_FMT, picture ? "image" : "file", ++w->unnamed, STR_ARG(ext));
}

static void add_file(Walk *w, Str name, Str type, Str cid, Str bytes) {
  if (w->files.n >= CAP_ATTACHMENTS) return;
  name = file_name(w->arena, name);
  if (!name.n) name = made_up_name(w, type);
  vec_add(w->arena, &w->files, (MailFile){ .name = name, .type = type, .cid = cid, .bytes = bytes });
}

static void add_uu(void *arg, Str name, Str bytes) { add_file(arg, name, S("application/octet-stream"), S(""), bytes); }

/* ---- what a part is */

static Str given_name(Arena *a, const MimePart *p) {
  Str name = mime_param(a, p, "Content-Disposition", "filename");
  return name.n ? name : mime_param(a, p, "Content-Type", "name");
}

static bool is_attached(const MimePart *p) {
  Str how, rest;
  str_cut(mime_field(p, "Content-Disposition"), ';', &how, &rest);
  return str_ieq(str_trim(how), S("attachment"));
}

static bool readable(Str type) {
  return str_eq(type, S("text/plain")) || str_eq(type, S("text/html")) || str_eq(type, S("text/enriched")) || str_eq(type, S("text/richtext"))
      || str_eq(type, S("text/markdown"));
}

static bool is_body(const Walk *w, const MimePart *p) {
  return readable(p->type) && !is_attached(p) && (!w->has_body || !given_name(w->arena, p).n);
}

/* ---- bodies */

static Body text_body(Walk *w, const MimePart *p) {
  Arena *a = w->arena;
  Str bytes = str_head(mime_bytes(a, p), CAP_MAIL_TEXT), label = mime_param(a, p, "Content-Type", "charset");
  bool html = !str_eq(p->type, S("text/plain")) && !str_eq(p->type, S("text/markdown"));
  if (html && !label.n) label = charset_of_html(bytes);
  Str words = tidy_text(a, charset_utf8(a, bytes, label), CAP_MAIL_TEXT);
  w->has_body = w->has_body || words.n > 0;
  if (html) return (Body){ .html = words, .has_html = words.n > 0 };
  if (str_ieq(mime_param(a, p, "Content-Type", "format"), S("flowed")))
    words = text_unflow(a, words, str_ieq(mime_param(a, p, "Content-Type", "delsp"), S("yes")));
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

static Body body_of(Walk *w, const MimePart *p);

static Body alternatives(Walk *w, const MimePart *m) {
  Body best = { 0 };
  bool before = w->has_body;
  for (const MimePart *p = m->first; p; p = p->next) {
    if (str_eq(p->type, S("text/x-amp-html"))) continue;
    w->has_body = before;                                        /* each stands for the same words */
    Body b = body_of(w, p);
    if (b.has_text && !best.has_text) { best.text = b.text; best.has_text = true; }
    if (b.has_html) { best.html = b.html; best.has_html = true; }
  }
  w->has_body = w->has_body || best.has_text || best.has_html;
  return best;
}

static Body sequence(Walk *w, const MimePart *m) {
  Body all = { 0 };
  for (const MimePart *p = m->first; p; p = p->next) all = joined(w->arena, all, body_of(w, p));
  return all;
}

static void message_file(Walk *w, const MimePart *p) {
  Arena *a = w->arena;
  Str bytes = mime_bytes(a, p), rest = bytes, subject = S("");
  size_t n;
  MimeField *fields = mime_fields(a, &rest, &n);
  for (size_t i = 0; i < n && !subject.n; i++) if (str_ieq(fields[i].name, S("Subject"))) subject = mime_text_of(a, fields[i].value);
  Str given = given_name(a, p), name = given.n ? given : str_cat(a, tidy_cap(subject.n ? subject : S("message"), 120), S(".eml"));
  Buf neat = { .arena = a };
  for (size_t i = 0; i < name.n; i++) buf_char(&neat, name.p[i] == '/' || name.p[i] == '\\' ? '_' : name.p[i]);
  add_file(w, buf_str(&neat), S("message/rfc822"), S(""), bytes);
}

/* winmail.dat opened: what is inside takes its place. */
static bool tnef_body(Walk *w, Str bytes, Body *ret) {
  Tnef t;
  if (!tnef_read(w->arena, bytes, &t) || (!t.n_files && !t.text.n && !t.html.n)) return false;
  for (size_t i = 0; i < t.n_files; i++) add_file(w, t.files[i].name, t.files[i].type, t.files[i].cid, t.files[i].bytes);
  if (!w->has_body) {
    Str text = tidy_text(w->arena, t.text, CAP_MAIL_TEXT), html = tidy_text(w->arena, t.html, CAP_MAIL_TEXT);
    *ret = (Body){ .text = text, .html = html, .has_text = text.n > 0, .has_html = html.n > 0 };
  }
  return true;
}

static Str cid_of(Arena *a, const MimePart *p) {
  Str cid = tidy_line(a, mime_field(p, "Content-ID"), CAP_MESSAGE_ID), head, rest;
  if (str_starts(cid, S("<"))) str_cut(str_from(cid, 1), '>', &cid, &rest);
  str_cut(cid, ' ', &head, &rest);
  return head;
}

static Body leaf(Walk *w, const MimePart *p) {
  Arena *a = w->arena;
  Body b = { 0 };
  if (str_eq(p->type, S("message/rfc822")) || str_eq(p->type, S("message/global"))) { message_file(w, p); return b; }
  if (is_body(w, p)) return text_body(w, p);
  Str bytes = mime_bytes(a, p), name = given_name(a, p);
  bool tnef = str_eq(p->type, S("application/ms-tnef")) || str_eq(p->type, S("application/vnd.ms-tnef")) || str_ieq(name, S("winmail.dat"));
  if (tnef && tnef_body(w, bytes, &b)) return b;
  add_file(w, name, p->type, cid_of(a, p), bytes);
  return b;
}

/* A multipart in which no boundary could be found is text. */
static Body whole_text(Walk *w, const MimePart *p) {
  Str text = tidy_text(w->arena, charset_utf8(w->arena, str_head(p->body, CAP_MAIL_TEXT), S("")), CAP_MAIL_TEXT);
  w->has_body = w->has_body || text.n > 0;
  return (Body){ .text = text, .has_text = text.n > 0 };
}

static Body body_of(Walk *w, const MimePart *p) {
  if (!str_starts(p->type, S("multipart/"))) return leaf(w, p);
  if (!p->first) return whole_text(w, p);
  return str_eq(p->type, S("multipart/alternative")) ? alternatives(w, p) : sequence(w, p);
}

/* ---- all of it */

static bool shown_in(Arena *a, Str html, Str cid) {
  return cid.n && str_ifind(html, str_cat(a, S("cid:"), cid)) != SIZE_MAX;
}

void mime_parts(Arena *a, const MimePart *top, Mail *ret) {
  Walk w = { .arena = a };
  Body b = body_of(&w, top);
  ret->html = b.html;
  if (b.has_text) { ret->text = str_trim(b.text); ret->reply_end = quote_start(ret->text); }
  else ret->text = html_to_text(a, b.html, &ret->reply_end);
  for (size_t i = 0; i < w.files.n; i++) w.files.at[i].is_inline = shown_in(a, b.html, w.files.at[i].cid);
  ret->files = w.files.at;
  ret->n_files = w.files.n;
}
