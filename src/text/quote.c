/* text/quote.c: see quote.h. Lines are told apart one by one, then one rule decides where the reply ends. */
#include "text/quote.h"
#include "text/caps.h"
#include "text/quote_words.h"

enum { ATTRIBUTION_BYTES = 500, SIGNATURE_LINES = 15, FOOTER_BYTES = 200, HEADER_LINES = 8 };

typedef enum { LINE_BLANK, LINE_OWN, LINE_QUOTED, LINE_ATTRIBUTION, LINE_HISTORY, LINE_FORWARD, LINE_SIGNATURE, LINE_FOOTER } LineKind;

/* Drops blanks, tabs and the invisible marks of right-to-left text at the head. */
static Str lead(Str s) {
  for (;;) {
    size_t n = s.n && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '\n' || s.p[0] == '\r') ? 1
      : str_starts(s, S("\xE2\x80\x8E")) || str_starts(s, S("\xE2\x80\x8F")) || str_starts(s, S("\xC2\xA0")) ? (s.p[0] == '\xC2' ? 2 : 3)
      : s.n > 2 && (unsigned char)s.p[0] == 0xE2 && (unsigned char)s.p[1] == 0x80 && (unsigned char)s.p[2] >= 0xAA && (unsigned char)s.p[2] <= 0xAE ? 3 : 0;
    if (!n) return s;
    s = str_from(s, n);
  }
}

static Str trail(Str s) {
  for (;;) {
    s = str_trim(s);
    bool nbsp = str_ends(s, S("\xC2\xA0"));
    bool mark = s.n > 2 && (unsigned char)s.p[s.n - 3] == 0xE2 && (unsigned char)s.p[s.n - 2] == 0x80 && (unsigned char)s.p[s.n - 1] >= 0x8E;
    if (!nbsp && !mark) return s;
    s.n -= nbsp ? 2 : 3;
  }
}

/* Every line is asked about every word: the first byte answers nearly always. */
static bool any_start(Str s, const char *const *words) {
  if (!s.n) return false;
  for (; *words; words++) if ((**words | 32) == (s.p[0] | 32) && str_istarts(s, str_z(*words))) return true;
  return false;
}

static bool ascii(Str s) {
  for (size_t i = 0; i < s.n; i++) if ((unsigned char)s.p[i] >= 0x80) return false;
  return true;
}

static bool any_within(Str s, const char *const *words) {
  for (; *words; words++) if (str_find(s, str_z(*words)) != SIZE_MAX) return true;
  return false;
}

static bool colon_ends(Str s) { return str_ends(s, S(":")) || str_ends(s, S("：")); }

static int digits(Str s) {
  int n = 0;
  for (size_t i = 0; i < s.n; i++) n += s.p[i] >= '0' && s.p[i] <= '9';
  return n;
}

static bool year(Str s) {
  for (size_t i = 0; i + 4 <= s.n; i++)
    if ((str_starts(str_from(s, i), S("20")) || str_starts(str_from(s, i), S("19"))) && digits(str_head(str_from(s, i), 4)) == 4) return true;
  return false;
}

/* Some programs (Gmail in Russian or Japanese) leave the verb out: date, name, <address>: */
static bool verbless(Str s) {
  bool angle = str_ends(s, S(">:")) || str_ends(s, S("> :")) || str_ends(s, S(">："));
  return angle && year(s) && memchr(s.p, '@', s.n);
}

bool quote_attribution(Str line) {
  Str s = trail(lead(line));
  if (s.n < 8 || s.n > ATTRIBUTION_BYTES || !colon_ends(s)) return false;
  bool dated = memchr(s.p, '@', s.n) || digits(s) >= 3;
  return verbless(s) || (dated && any_within(s, quote_wrote));
}

/* "Word:" with the stars of bold text and blanks allowed around it. */
static bool header_line(Str line, const char *const *words) {
  Str s = lead(line);
  while (s.n && (s.p[0] == '*' || s.p[0] == '_')) s = str_from(s, 1);
  if (!s.n) return false;
  for (; *words; words++) {
    if ((**words | 32) != (s.p[0] | 32) || !str_istarts(s, str_z(*words))) continue;
    Str r = str_from(s, strlen(*words));
    while (r.n && (r.p[0] == ' ' || r.p[0] == '*' || r.p[0] == '_' || r.p[0] == '\t' || str_starts(r, S("\xC2\xA0")))) r = str_from(r, r.p[0] == '\xC2' ? 2 : 1);
    if (str_starts(r, S(":")) || str_starts(r, S("："))) return true;
  }
  return false;
}

bool quote_from_line(Str line) { return line.n < 1000 && header_line(line, quote_from); }

/* A From: line with at least two of Sent, To and Subject close below. */
static bool header_block(Str rest) {
  Str line = str_line(&rest);
  if (!quote_from_line(line)) return false;
  bool sent = false, to = false, subject = false;
  for (int i = 0; i < HEADER_LINES && rest.n; i++) {
    line = str_line(&rest);
    sent = sent || header_line(line, quote_sent);
    to = to || header_line(line, quote_to);
    subject = subject || header_line(line, quote_subject);
  }
  return sent + to + subject >= 2;
}

/* What stands between rows of dashes (or equal signs), "" if there are none. */
static Str between_dashes(Str line) {
  Str s = trail(lead(line));
  size_t n = 0;
  while (n < s.n && (s.p[n] == '-' || s.p[n] == '_' || s.p[n] == '=')) n++;
  if (n < 2) return S("");
  s = str_trim(str_from(s, n));
  size_t dashes = 0;
  while (s.n && (s.p[s.n - 1] == '-' || s.p[s.n - 1] == '_' || s.p[s.n - 1] == '=')) { s.n--; dashes++; }
  return dashes < 2 ? S("") : str_trim(s);
}

bool quote_forward_line(Str line) {
  Str s = lead(line), inner = between_dashes(line);
  return (inner.n && inner.n < 200 && any_start(inner, quote_forward)) || (s.n < 200 && any_start(s, quote_forward_alone));
}

static bool original_line(Str line) {
  Str inner = between_dashes(line);
  return inner.n && inner.n < 100 && any_start(inner, quote_original);
}

static bool mark_line(Str line) {
  Str s = trail(lead(line));
  return str_starts(s, S(QUOTE_MARK_OPEN)) && str_ends(s, S(QUOTE_MARK_CLOSE)) && s.n > 6;
}

static bool underscores(Str line) {
  Str s = trail(lead(line));
  for (size_t i = 0; i < s.n; i++) if (s.p[i] != '_') return false;
  return s.n >= 10;
}

bool quote_footer_line(Str line) {
  Str s = trail(lead(line));
  while (s.n && (s.p[0] == '*' || s.p[0] == '_' || s.p[0] == '<' || s.p[0] == '[')) s = str_from(s, 1);
  if (!s.n || s.n > FOOTER_BYTES) return false;
  return any_start(s, quote_scanned) || (s.n <= 120 && (any_start(s, quote_sent_from) || (!ascii(s) && any_within(s, quote_sent_from_within))));
}

static bool quoted(Str line) {
  Str s = lead(line);
  return s.n && (s.p[0] == '>' || str_starts(s, S("＞")));
}

static bool blank(Str line) { return trail(lead(line)).n == 0; }

static Str next_line(Str rest) {                         /* the first that is not blank */
  while (rest.n) {
    Str line = str_line(&rest);
    if (!blank(line)) return line;
  }
  return S("");
}

/* An attribution of one to three lines at the head of rest; how many, 0 if none. A short "Ana wrote:" counts when
   quoted lines follow. */
static int attribution_lines(Str rest) {
  Str from = rest, first = str_line(&rest), line = first;
  bool opens = any_start(lead(first), quote_opens) || digits(first) >= 3;
  for (int n = 1; n <= 3; n++) {
    if (blank(line) || quoted(line)) return 0;
    Str all = { from.p, (size_t)(line.p + line.n - from.p) };
    bool brief = n == 1 && all.n < 120 && colon_ends(trail(all)) && any_within(all, quote_wrote) && quoted(next_line(rest));
    if (brief || ((n == 1 || opens) && quote_attribution(all))) return n;
    if (!rest.n || !opens) return 0;
    line = str_line(&rest);
  }
  return 0;
}

/* Kind of the line at the head of rest; *ret_n is how many lines it takes. */
static LineKind kind_of(Str rest, int *ret_n) {
  Str from = rest, line = str_line(&rest);
  *ret_n = 1;
  if (blank(line)) return LINE_BLANK;
  if (quoted(line)) return LINE_QUOTED;
  if (str_eq(line, S("-- ")) || str_eq(line, S("--"))) return LINE_SIGNATURE;
  if (quote_forward_line(line)) return LINE_FORWARD;
  if (mark_line(line) || original_line(line) || header_block(from)) return LINE_HISTORY;
  if (underscores(line) && (header_block(rest) || quote_from_line(next_line(rest)))) return LINE_HISTORY;
  if (underscores(line) || str_eq(str_trim(line), S("---"))) return quote_footer_line(next_line(rest)) ? LINE_FOOTER : LINE_OWN;
  if (quote_footer_line(line)) return LINE_FOOTER;
  int n = attribution_lines(from);
  if (n) *ret_n = n;
  return n ? LINE_ATTRIBUTION : LINE_OWN;
}

/* What was seen on the way down. Offsets are -1 until met. */
typedef struct {
  int64_t history, attribution, quoted, signature, footer;
  int     own_after_quote, own_after_signature, own_after_footer;
  bool    forward;
} Seen;

static void note_own(Seen *s) {
  if (s->signature >= 0) s->own_after_signature++;
  if (s->quoted >= 0 && s->signature < 0) s->own_after_quote++;
  if (s->footer >= 0 && s->quoted < 0) s->own_after_footer++;
  if (s->signature >= 0 && s->own_after_signature > SIGNATURE_LINES) s->signature = -1;
  if (s->own_after_footer > 2) s->footer = -1;
}

/* False once nothing below can matter: history is reached. */
static bool note(Seen *s, LineKind kind, int64_t at) {
  switch (kind) {
    case LINE_BLANK: break;
    case LINE_OWN: note_own(s); break;
    case LINE_QUOTED: if (s->quoted < 0) s->quoted = at; break;
    case LINE_ATTRIBUTION: if (s->attribution < 0) s->attribution = at; break;
    case LINE_SIGNATURE: if (s->signature < 0) { s->signature = at; s->own_after_signature = 0; } break;
    case LINE_FOOTER: if (s->footer < 0) { s->footer = at; s->own_after_footer = 0; } break;
    case LINE_FORWARD: s->forward = true; return false;
    case LINE_HISTORY: s->history = at; return false;
  }
  return true;
}

static int64_t sooner(int64_t a, int64_t b) { return a < 0 ? b : b < 0 || a < b ? a : b; }

static int64_t decide(const Seen *s) {
  if (s->forward) return -1;
  int64_t at = sooner(sooner(s->history, s->signature), s->footer);
  bool answered_inside = s->quoted >= 0 && s->own_after_quote > 0;
  if (answered_inside) return -1;
  at = sooner(at, s->quoted);
  if (s->attribution >= 0) at = sooner(at, s->attribution);
  return at;
}

static Str after_lines(Str rest, int n) {
  for (int i = 0; i < n; i++) str_line(&rest);
  return rest;
}

int64_t quote_start(Str text) {
  Seen seen = { -1, -1, -1, -1, -1, 0, 0, 0, false };
  Str rest = text;
  bool attributed = false;
  for (int i = 0; rest.n && i < CAP_QUOTE_LINES; i++) {
    int n;
    int64_t at = rest.p - text.p;
    LineKind kind = kind_of(rest, &n);
    if (attributed && kind == LINE_OWN && seen.quoted < 0) kind = LINE_BLANK;    /* history without > marks */
    if (kind == LINE_ATTRIBUTION) attributed = !quoted(next_line(after_lines(rest, n)));
    if (!note(&seen, kind, at)) break;
    rest = after_lines(rest, n);
  }
  int64_t at = decide(&seen);
  return at <= 0 || blank(str_head(text, (size_t)at)) ? -1 : at;
}
