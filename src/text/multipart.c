/* text/multipart.c: delimiter, headers, bytes, again. */
#include "text/multipart.h"
#include "text/caps.h"

/* A parameter of a header: ; name=value or ; name="quoted". In quotes \" is a quote; any other backslash is itself,
   as browsers send file names. */
static bool param(Arena *a, Str header, Str name, Str *ret) {
  Str rest, skip;
  if (!str_cut(header, ';', &skip, &rest)) return false;
  while (rest.n) {
    Str key, tail;
    if (!str_cut(rest, '=', &key, &tail)) return false;
    Buf value = { .arena = a };
    size_t i = 0;
    if (tail.n && tail.p[0] == '"') {
      for (i = 1; i < tail.n && tail.p[i] != '"'; i++) {
        if (tail.p[i] == '\\' && i + 1 < tail.n && tail.p[i + 1] == '"') i++;
        buf_char(&value, tail.p[i]);
      }
      if (i++ >= tail.n) return false;                     /* the quote never ends */
      while (i < tail.n && tail.p[i] == ' ') i++;
    } else {
      while (i < tail.n && tail.p[i] != ';') buf_char(&value, tail.p[i++]);
    }
    if (str_ieq(str_trim(key), name)) { *ret = buf_str(&value); return true; }
    if (i < tail.n && tail.p[i] != ';') return false;
    rest = str_from(tail, i + 1);
  }
  return false;
}

/* RFC 2046: 1 to 70 characters, none of them a line end. */
static bool boundary_of(Arena *a, Str type, Str *ret) {
  if (!param(a, type, S("boundary"), ret) || ret->n == 0 || ret->n > 70) return false;
  for (size_t i = 0; i < ret->n; i++) if ((unsigned char)ret->p[i] < 32 || ret->p[i] == 127) return false;
  return true;
}

static size_t find(Str body, size_t from, Str what) {
  const char *at = from < body.n ? memmem(body.p + from, body.n - from, what.p, what.n) : NULL;
  return at ? (size_t)(at - body.p) : SIZE_MAX;
}

static Err part_headers(Cx *cx, Str headers, Part *ret) {
  bool named = false;
  while (headers.n) {
    Str line = str_line(&headers), key, value;
    if (!str_cut(line, ':', &key, &value)) return fail(cx, E_MALFORMED, "a part of the form has a header without a colon");
    value = str_trim(value);
    if (str_ieq(key, S("Content-Type"))) ret->type = value;
    if (!str_ieq(key, S("Content-Disposition"))) continue;
    if (!str_istarts(value, S("form-data"))) return fail(cx, E_MALFORMED, "a part of the form is not form-data");
    named = param(cx->arena, value, S("name"), &ret->name);
    ret->file = param(cx->arena, value, S("filename"), &ret->filename);
  }
  if (!named) return fail(cx, E_MALFORMED, "a part of the form has no name");
  ret->name = str_utf8_fix(cx->arena, ret->name);
  ret->filename = str_utf8_fix(cx->arena, ret->filename);
  return E_OK;
}

/* After a delimiter: "--" ends the form, CRLF begins a part. */
Err multipart_parse(Cx *cx, Str content_type, Str body, Parts *ret) {
  Str boundary;
  if (!boundary_of(cx->arena, content_type, &boundary)) return fail(cx, E_MALFORMED, "the form's boundary is missing or not allowed");
  Str mark = str_cat(cx->arena, S("\r\n--"), boundary);
  Str first = str_from(mark, 2);
  size_t at = str_starts(body, first) ? first.n : find(body, 0, mark);
  if (at == SIZE_MAX) return fail(cx, E_MALFORMED, "the form has no parts");
  if (!str_starts(body, first)) at += mark.n;
  for (;;) {
    Str rest = str_from(body, at);
    if (str_starts(rest, S("--"))) return E_OK;
    while (rest.n && (rest.p[0] == ' ' || rest.p[0] == '\t')) rest = str_from(rest, 1);
    if (!str_starts(rest, S("\r\n"))) return fail(cx, E_MALFORMED, "the form is broken off or its parts run together");
    if (ret->n == CAP_FORM_FIELDS) return fail(cx, E_TOO_LARGE, "the form has more than %d parts", CAP_FORM_FIELDS);
    size_t headers = (size_t)(rest.p - body.p) + 2;
    size_t blank = find(body, headers - 2, S("\r\n\r\n"));
    if (blank == SIZE_MAX) return fail(cx, E_MALFORMED, "a part of the form has no end to its headers");
    size_t end = find(body, blank + 4, mark);
    if (end == SIZE_MAX) return fail(cx, E_MALFORMED, "the form is broken off");
    Part p = { 0 };
    TRY(part_headers(cx, (Str){ body.p + headers, blank > headers ? blank - headers : 0 }, &p));
    p.bytes = (Str){ body.p + blank + 4, end - blank - 4 };
    if (!p.file) p.bytes = str_utf8_fix(cx->arena, p.bytes);
    vec_add(cx->arena, ret, p);
    at = end + mark.n;
  }
}
