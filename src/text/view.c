/* text/view.c: see view.h. The one invariant: nothing but ht_lit, ht_text_html and the tags of a catalogue's sentence
   writes < > & " ' as they are. */
#include "text/view.h"
#include <math.h>
#include "text/json.h"
#include "text/num.h"

View view_for(const Cx *cx, Buf *out) {
  return (View){ .out = out, .arena = cx->arena, .lang = cx->lang, .zone = cx->zone, .now = cx->now };
}

Html view_since(const View *v, size_t from) { return (Html){ str_from(buf_str(v->out), from) }; }

void ht_lit(View *v, const char *p, size_t n) { buf_add(v->out, (Str){ p, n }); }

/* ── text and attributes ── */
void ht_text_str(View *v, Str s)   { html_escape(v->out, s); }
void ht_text_html(View *v, Html h) { html_raw(v->out, h); }
void ht_attr_user(View *v, UText u) { html_escape(v->out, u.s); }
void ht_z(View *v, const char *z)  { html_escape(v->out, str_z(z)); }
void ht_int(View *v, long long n)  { buf_int(v->out, n); }
void ht_uint(View *v, unsigned long long n) { buf_fmt(v->out, "%llu", n); }

void ht_text_user(View *v, UText u) {
  buf_add(v->out, S("<bdi>"));
  html_escape(v->out, u.s);
  buf_add(v->out, S("</bdi>"));
}

void ht_double(View *v, double d) {
  long long cents = isfinite(d) && fabs(d) < 1e15 ? llround(d * 100) : 0;
  unsigned long long size = cents < 0 ? 0ULL - (unsigned long long)cents : (unsigned long long)cents;
  buf_fmt(v->out, "%s%llu", cents < 0 ? "-" : "", size / 100);
  unsigned part = (unsigned)(size % 100);
  if (part % 10) buf_fmt(v->out, ".%02u", part);
  else if (part) buf_fmt(v->out, ".%u", part / 10);
}

/* ── URLs ── */
bool url_is_safe(Str s) {
  static const char *const schemes[] = { "http", "https", "mailto", "tel" };
  size_t i = 0;
  for (size_t k = 0; k < s.n; k++) if ((unsigned char)s.p[k] <= ' ' || s.p[k] == 0x7f) return false;
  while (i < s.n && !strchr(":/?#", s.p[i])) i++;
  if (i == s.n || s.p[i] != ':') return true;
  for (size_t k = 0; k < COUNT(schemes); k++) if (str_ieq(str_head(s, i), str_z(schemes[k]))) return true;
  return false;
}

void ht_url_str(View *v, Str s) { html_escape(v->out, url_is_safe(s) ? s : S("#blocked")); }
void ht_url_z(View *v, const char *z) { ht_url_str(v, str_z(z)); }

void ht_part_str(View *v, Str s) {
  for (size_t i = 0; i < s.n; i++) {
    unsigned char c = (unsigned char)s.p[i];
    bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) buf_char(v->out, (char)c);
    else { buf_char(v->out, '%'); buf_char(v->out, "0123456789ABCDEF"[c >> 4]); buf_char(v->out, "0123456789ABCDEF"[c & 15]); }
  }
}
void ht_part_user(View *v, UText u) { ht_part_str(v, u.s); }
void ht_part_z(View *v, const char *z) { ht_part_str(v, str_z(z)); }

/* ── JSON ── */
void ht_json_str(View *v, Str s) {
  JsonOut w = { .to = v->out, .in_html = true };
  json_put_str(&w, s);
}
void ht_json_user(View *v, UText u)     { ht_json_str(v, u.s); }
void ht_json_z(View *v, const char *z)  { ht_json_str(v, str_z(z)); }
void ht_json_bool(View *v, bool b)      { buf_add(v->out, b ? S("true") : S("false")); }

/* ── sentences ── */
HtArg ht_arg_str(View *v, Str s)         { (void)v; return (HtArg){ s, false }; }
HtArg ht_arg_user(View *v, UText u)      { (void)v; return (HtArg){ u.s, true }; }
HtArg ht_arg_z(View *v, const char *z)   { (void)v; return (HtArg){ str_z(z), false }; }
HtArg ht_arg_int(View *v, long long n)   { return (HtArg){ str_fmt(v->arena, "%lld", n), false }; }
HtArg ht_arg_count(View *v, long long n) { return (HtArg){ num(v->arena, v->lang, n), false }; }

/* Where a place inside a tag of a sentence stands: written so far of that tag is t. */
static void arg_in_tag(View *v, Str t, Str s) {
  Str before, value;
  if (!str_cut_last(t, '"', &before, &value)) { html_escape(v->out, s); return; }
  if (!str_ends(before, S(" href="))) html_escape(v->out, s);
  else if (value.n) ht_part_str(v, s);
  else ht_url_str(v, s);
}

static void arg(View *v, HtAs as, Str words, size_t at, bool in_tag, size_t tag_from, const HtArg *a) {
  if (in_tag) arg_in_tag(v, (Str){ words.p + tag_from, at - tag_from }, a->s);
  else if (a->user && as != HT_AS_ATTR) ht_text_user(v, (UText){ a->s });
  else html_escape(v->out, a->s);
}

static void sentence(View *v, HtAs as, Str words, const HtArg *args, size_t n) {
  size_t next = 0, tag_from = 0;
  bool in_tag = false;
  for (size_t i = 0; i < words.n; ) {
    size_t which, len = tr_place(words, i, &next, &which);
    if (len) {
      if (which == SIZE_MAX) buf_char(v->out, '%');
      else if (which < n) arg(v, as, words, i, in_tag, tag_from, &args[which]);
      i += len;
      continue;
    }
    char c = words.p[i++];
    if (as != HT_AS_MARKUP) { html_escape(v->out, (Str){ &c, 1 }); continue; }
    if (c == '<') { in_tag = true; tag_from = i; }
    if (c == '>') in_tag = false;
    buf_char(v->out, c);
  }
}

void ht_sentence(View *v, HtAs as, Str words, const HtArg *args, size_t n) {
  if (as != HT_AS_JSON) { sentence(v, as, words, args, n); return; }
  Str plain[9];
  for (size_t i = 0; i < n && i < COUNT(plain); i++) plain[i] = args[i].s;
  ht_json_str(v, tr_fill(v->arena, words, plain, n < COUNT(plain) ? n : COUNT(plain)));
}
