/* text/mime_tree.c: see mime_tree.h. */
#include "text/mime_tree.h"
#include <gmime/gmime.h>
#include "base/vec.h"
#include "text/caps.h"
#include "text/encword.h"
#include "text/gmime_once.h"
#include "text/tidy.h"

enum { FIELD_BYTES = 4096, BOUNDARY_BYTES = 200 };

/* ---- fields */

static bool name_char(char c) { return (unsigned char)c > ' ' && (unsigned char)c < 0x7f && c != ':'; }

static bool field_like(Str line) {
  size_t n = 0;
  while (n < line.n && name_char(line.p[n])) n++;
  size_t end = n;
  while (end < line.n && (line.p[end] == ' ' || line.p[end] == '\t')) end++;       /* "Subject : x" */
  return n > 0 && end < line.n && line.p[end] == ':';
}

static bool folded(Str rest) { return rest.n && (rest.p[0] == ' ' || rest.p[0] == '\t'); }

static Str first_line(Str rest) { return str_line(&rest); }

MimeField *mime_fields(Arena *a, Str *rest, size_t *ret_n) {
  VEC(MimeField) fields = { 0 };
  while (rest->n && fields.n <= CAP_MAIL_HEADERS) {
    Str at = *rest, line = str_line(rest), name, value;
    if (!line.n) break;
    while (folded(*rest)) str_line(rest);
    line.n = (size_t)(rest->p - line.p);
    if (!field_like(first_line(at))) {
      if (field_like(first_line(*rest))) continue;
      *rest = at;
      break;
    }
    str_cut(line, ':', &name, &value);
    vec_add(a, &fields, (MimeField){ str_trim(name), value });
  }
  *ret_n = fields.n;
  return fields.at;
}

Str mime_field(const MimePart *p, const char *name) {
  for (size_t i = 0; i < p->n_fields; i++) if (str_ieq(p->fields[i].name, str_z(name))) return p->fields[i].value;
  return S("");
}

Str mime_text_of(Arena *a, Str raw) { return tidy_line(a, encword_decode(a, str_head(raw, CAP_HEADER_VALUE)), CAP_HEADER_VALUE); }

Str mime_param(Arena *a, const MimePart *p, const char *field, const char *param) {
  Str head, params, value = S("");
  if (!str_cut(str_head(mime_field(p, field), FIELD_BYTES), ';', &head, &params)) return value;
  GMimeParamList *list = g_mime_param_list_parse(NULL, gmime_cstr(a, params));
  GMimeParam *found = list ? g_mime_param_list_get_parameter(list, param) : NULL;
  const char *text = found ? g_mime_param_get_value(found) : NULL;
  if (text) value = tidy_line(a, encword_decode(a, str_dup(a, str_z(text))), FIELD_BYTES);
  if (list) g_object_unref(list);
  return value;
}

/* ---- what a part is */

static bool token(Str s) {
  for (size_t i = 0; i < s.n; i++) if (!name_char(s.p[i]) || strchr("()<>@,;\\\"/[]?=", s.p[i])) return false;
  return s.n > 0;
}

static Str type_of(Arena *a, const MimePart *p, Str otherwise) {
  Str head, rest, main_type, sub;
  str_cut(mime_field(p, "Content-Type"), ';', &head, &rest);
  head = str_trim(head);
  if (!head.n) return otherwise;
  bool readable = str_cut(str_head(head, 100), '/', &main_type, &sub) && token(str_trim(main_type)) && token(str_trim(sub));
  return readable ? str_cat(a, str_lower(a, str_trim(main_type)), S("/"), str_lower(a, str_trim(sub))) : S("text/plain");
}

Str mime_bytes(Arena *a, const MimePart *p) {
  Str name = str_trim(mime_field(p, "Content-Transfer-Encoding"));
  GMimeContentEncoding encoding = g_mime_content_encoding_from_string(str_cstr(a, str_head(name, 40)));
  bool coded = encoding == GMIME_CONTENT_ENCODING_BASE64 || encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE || encoding == GMIME_CONTENT_ENCODING_UUENCODE;
  if (!coded || !p->body.n) return p->body;
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, encoding);
  char *out = NEW_N(a, char, g_mime_encoding_outlen(&state, p->body.n) + 1);
  size_t n = g_mime_encoding_flush(&state, p->body.p, p->body.n, out);
  return (Str){ out, n };
}

/* ---- the tree */

typedef struct { Cx *cx; int parts; } Cutter;

static Err part_new(Cutter *c, Str raw, Str otherwise, int depth, MimePart **ret);

/* Offset of the next line "--boundary", SIZE_MAX: none. *ret_after: where the line behind it begins; *ret_last: it closes. */
static size_t next_boundary(Str s, Str mark, size_t from, size_t *ret_after, bool *ret_last) {
  for (size_t at = from; at < s.n;) {
    size_t found = str_find(str_from(s, at), mark);
    if (found == SIZE_MAX) return SIZE_MAX;
    at += found;
    Str rest = str_from(s, at + mark.n), tail = str_line(&rest);
    *ret_last = str_starts(tail, S("--"));
    *ret_after = (size_t)(rest.p - s.p);
    bool starts = at == 0 || s.p[at - 1] == '\n';
    if (starts && !str_trim(*ret_last ? str_from(tail, 2) : tail).n) return at;
    at++;
  }
  return SIZE_MAX;
}

/* Without the line end that belongs to the boundary behind it. */
static Str piece(Str s, size_t from, size_t to) {
  if (to > from && s.p[to - 1] == '\n') to--;
  if (to > from && s.p[to - 1] == '\r') to--;
  return (Str){ s.p + from, to > from ? to - from : 0 };
}

static Err cut(Cutter *c, MimePart *p, Str boundary, int depth) {
  Str mark = str_cat(c->cx->arena, S("--"), boundary), otherwise = str_eq(p->type, S("multipart/digest")) ? S("message/rfc822") : S("text/plain");
  size_t after = 0, at;
  bool last = false;
  MimePart **tail = &p->first;
  at = next_boundary(p->body, mark, 0, &after, &last);
  while (at != SIZE_MAX && !last) {
    size_t from = after;
    at = next_boundary(p->body, mark, from, &after, &last);
    size_t to = at == SIZE_MAX ? p->body.n : at;
    if (at == SIZE_MAX && from >= p->body.n && p->first) break;
    TRY(part_new(c, piece(p->body, from, to), otherwise, depth + 1, tail));
    tail = &(*tail)->next;
  }
  return E_OK;
}

/* A multipart that does not name its boundary: its first line that begins with two dashes must be it. */
static Str guessed_boundary(Str body) {
  while (body.n) {
    Str line = str_trim(str_line(&body));
    if (str_starts(line, S("--")) && line.n > 2 && line.n < BOUNDARY_BYTES && !str_ends(line, S("--"))) return str_from(line, 2);
  }
  return S("");
}

static Err part_new(Cutter *c, Str raw, Str otherwise, int depth, MimePart **ret) {
  MimePart *p = *ret = NEW(c->cx->arena, MimePart);
  if (++c->parts > CAP_MAIL_PARTS) return fail(c->cx, E_TOO_LARGE, "the mail has more than %d parts", CAP_MAIL_PARTS);
  if (depth > CAP_MAIL_DEPTH) return fail(c->cx, E_TOO_LARGE, "the mail is nested deeper than %d levels", CAP_MAIL_DEPTH);
  p->body = raw;
  p->fields = mime_fields(c->cx->arena, &p->body, &p->n_fields);
  if (p->n_fields > CAP_MAIL_HEADERS) return fail(c->cx, E_TOO_LARGE, "the mail has more than %d header fields", CAP_MAIL_HEADERS);
  if (raw.n - p->body.n > CAP_HEADER_BYTES) return fail(c->cx, E_TOO_LARGE, "the header of the mail is larger than %d bytes", CAP_HEADER_BYTES);
  p->type = type_of(c->cx->arena, p, otherwise);
  if (!str_starts(p->type, S("multipart/"))) return E_OK;
  Str boundary = mime_param(c->cx->arena, p, "Content-Type", "boundary");
  if (!boundary.n || boundary.n > BOUNDARY_BYTES) boundary = guessed_boundary(p->body);
  return boundary.n ? cut(c, p, boundary, depth) : E_OK;
}

Err mime_tree(Cx *cx, Str raw, MimePart **ret) {
  Cutter c = { .cx = cx };
  gmime_once();
  return part_new(&c, raw, S("text/plain"), 0, ret);
}
