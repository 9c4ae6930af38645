/* text/linkify.c: see linkify.h. */
#include "text/linkify.h"
#include "text/caps.h"
#include "text/mailaddr.h"
#include "text/url.h"

static bool url_char(Str s) {
  unsigned char c = (unsigned char)s.p[0];
  if (c <= ' ' || c == 0x7f || strchr("<>\"`{}|\\^", c)) return false;
  if (str_starts(s, S("\xE3\x80")) || str_starts(s, S("\xEF\xBC")) || str_starts(s, S("\xEF\xBD"))) return false;   /* CJK marks */
  return !str_starts(s, S("\xC2\xA0")) && !str_starts(s, S("\xE2\x80"));
}

/* An address ends before the marks that end a sentence, and before a bracket that it did not open. */
static Str url_at(Str s) {
  size_t n = 0;
  while (n < s.n && n < CAP_URL_BYTES && url_char(str_from(s, n))) n++;
  while (n < s.n && (s.p[n] & 0xC0) == 0x80) n--;
  while (n) {
    char c = s.p[n - 1];
    bool close = c == ')' || c == ']';
    if (close && memchr(s.p, c == ')' ? '(' : '[', n)) break;
    if (!close && !strchr(".,;:!?'*_", c)) break;
    n--;
  }
  return str_head(s, n);
}

static bool address_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("._%+-", c));
}

/* The mail address around the @ at i, "" if it is none; not before from. */
static Str address_at(Str s, size_t from, size_t i) {
  size_t lo = i, hi = i + 1;
  while (lo > from && i - lo < CAP_LOCAL_BYTES && address_char(s.p[lo - 1])) lo--;
  while (hi < s.n && hi - i < CAP_ADDRESS_BYTES && (address_char(s.p[hi]) && s.p[hi] != '%' && s.p[hi] != '+' && s.p[hi] != '_')) hi++;
  while (hi > i + 1 && (s.p[hi - 1] == '.' || s.p[hi - 1] == '-')) hi--;
  while (lo < i && (s.p[lo] == '.' || s.p[lo] == '-')) lo++;
  Str all = { s.p + lo, hi - lo };
  return mailaddr_typed_ok(all) ? all : S("");
}

static void put_link(Buf *b, const char *scheme, Str to, Str words) {
  buf_fmt(b, "<a href=\"%s", scheme);
  html_escape(b, to);
  buf_add(b, S("\" rel=\"noopener noreferrer nofollow\">"));
  html_escape(b, words);
  buf_add(b, S("</a>"));
}

static void put_line(Buf *b, Str s, int *links) {
  size_t from = 0;                                               /* written up to here */
  for (size_t i = 0; i < s.n && *links < CAP_LINKS; i++) {
    Str here = str_from(s, i), to = S(""), shown = S("");
    if ((s.p[i] | 32) == 'h' && (str_istarts(here, S("http://")) || str_istarts(here, S("https://")))) {
      shown = url_at(here);
      to = url_safe(b->arena, shown);
    } else if (s.p[i] == '@') shown = address_at(s, from, i);
    if (!shown.n || (!to.n && s.p[i] != '@')) continue;
    html_escape(b, (Str){ s.p + from, (size_t)(shown.p - s.p) - from });
    if (to.n) put_link(b, "", to, shown);
    else put_link(b, "mailto:", shown, shown);
    ++*links;
    from = (size_t)(shown.p + shown.n - s.p);
    i = from - 1;
  }
  html_escape(b, str_from(s, from));
}

Html text_to_html(Arena *a, Str text) {
  Buf b = { .arena = a };
  int links = 0;
  bool open = false;
  for (Str rest = str_utf8_fix(a, text); rest.n;) {
    Str line = str_line(&rest);
    if (!str_trim(line).n) {
      if (open) buf_add(&b, S("</p>\n"));
      open = false;
      continue;
    }
    buf_add(&b, open ? S("<br>\n") : S("<p>"));
    open = true;
    put_line(&b, line, &links);
  }
  if (open) buf_add(&b, S("</p>"));
  return (Html){ buf_str(&b) };
}
