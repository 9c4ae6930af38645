/* text/dateform.c: see dateform.h. */
#include "text/dateform.h"
#include <unicode/udat.h>
#include <unicode/ustring.h>
#include "base/clock.h"
#include "text/icu.h"

enum { PARTS = 32, ROOM = 1 << 16 };

/* field 0: text as it is; else a letter of Unicode's date patterns (UTS 35), n times. */
typedef struct { char field; int n; Str text; const Str *names; } Part;
struct DateForm { Arena *own; UDateFormat *icu; bool ours; size_t n; Part at[PARTS]; };

static const Str *names(DateForm *f, UDateFormatSymbolType type, int first, int n) {
  Str *all = NEW_N(f->own, Str, (size_t)n);
  for (int i = 0; i < n; i++) {
    UChar wide[80];
    UErrorCode e = U_ZERO_ERROR;
    int32_t len = udat_getSymbols(f->icu, type, first + i, wide, (int32_t)COUNT(wide), &e);
    all[i] = U_FAILURE(e) ? S("") : icu_str(f->own, wide, len);
  }
  return all;
}

/* Months from January, days from Sunday; false: no field that is known here. */
static bool names_of(DateForm *f, Part *p) {
  bool whole = p->n == 4, small = p->n == 3;
  switch (p->field) {
    case 'M':
      if (whole || small) p->names = names(f, whole ? UDAT_MONTHS : UDAT_SHORT_MONTHS, 0, 12);
      return p->n <= 4;
    case 'L':
      if (whole || small) p->names = names(f, whole ? UDAT_STANDALONE_MONTHS : UDAT_STANDALONE_SHORT_MONTHS, 0, 12);
      return p->n <= 4;
    case 'E': p->names = names(f, whole ? UDAT_WEEKDAYS : UDAT_SHORT_WEEKDAYS, 1, 7); return p->n <= 4;
    case 'c': p->names = names(f, whole ? UDAT_STANDALONE_WEEKDAYS : UDAT_STANDALONE_SHORT_WEEKDAYS, 1, 7); return whole || small;
    case 'y': return p->n == 1 || p->n == 4;
    case 'd': case 'H': case 'm': return p->n <= 2;
    default: return false;
  }
}

static Part *part_add(DateForm *f) { return f->n < PARTS ? &f->at[f->n++] : NULL; }

static bool letter(UChar c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Text up to the next field: in it '' is an apostrophe, and between two apostrophes letters are text. */
static size_t text_part(DateForm *f, const UChar *s, size_t i, Part *p) {
  UChar text[80];
  int32_t n = 0;
  bool quoted = false;
  for (; s[i] && (quoted || !letter(s[i])) && n < (int32_t)COUNT(text); i++) {
    if (s[i] != '\'') text[n++] = s[i];
    else if (s[i + 1] == '\'') { text[n++] = '\''; i++; }
    else quoted = !quoted;
  }
  p->text = icu_str(f->own, text, n);
  return i;
}

static bool understood(DateForm *f, const UChar *s) {
  for (size_t i = 0; s[i]; ) {
    Part *p = part_add(f);
    if (!p) return false;
    *p = (Part){ 0 };
    if (!letter(s[i])) { i = text_part(f, s, i, p); continue; }
    p->field = (char)s[i];
    while (s[i + (size_t)p->n] == s[i]) p->n++;
    i += (size_t)p->n;
    if (!names_of(f, p)) return false;
  }
  return true;
}

static Str by_icu(Arena *a, const DateForm *f, int64_t local) {
  UChar wide[160];
  UErrorCode e = U_ZERO_ERROR;
  int64_t ms = local / 1000 - (local % 1000 < 0);
  int32_t n = udat_format(f->icu, (double)ms, wide, (int32_t)COUNT(wide), NULL, &e);
  return U_FAILURE(e) ? S("") : icu_str(a, wide, n);
}

static void number(Buf *b, int n, int width) {
  char digits[12];
  int at = (int)sizeof digits;
  do { digits[--at] = (char)('0' + n % 10); n /= 10; width--; } while (n || width > 0);
  buf_add(b, (Str){ digits + at, sizeof digits - (size_t)at });
}

static Str by_us(Arena *a, const DateForm *f, int64_t local) {
  Buf b = { .arena = a };
  int year, month, day;
  int64_t days = local / DAY - (local % DAY < 0), minutes = (local - days * DAY) / MINUTE;
  clock_civil(days, &year, &month, &day);
  for (size_t i = 0; i < f->n; i++) {
    const Part *p = &f->at[i];
    switch (p->field) {
      case 'y': number(&b, year, p->n); break;
      case 'M': case 'L': if (p->names) buf_add(&b, p->names[month - 1]); else number(&b, month, p->n); break;
      case 'd': number(&b, day, p->n); break;
      case 'E': case 'c': buf_add(&b, p->names[((days + 4) % 7 + 7) % 7]); break;      /* 1970-01-01 was a Thursday */
      case 'H': number(&b, (int)(minutes / 60), p->n); break;
      case 'm': number(&b, (int)(minutes % 60), p->n); break;
      default:  buf_add(&b, p->text);
    }
  }
  return buf_str(&b);
}

/* Two days that differ in every field: other figures, another calendar or another spelling show themselves. */
static bool same_as_icu(DateForm *f) {
  static const int64_t days[] = { 19782, 22247 };        /* 2024-02-29, 2030-11-29 */
  for (size_t i = 0; i < COUNT(days); i++) {
    int64_t at = days[i] * DAY + (int64_t)(7 + 10 * i) * HOUR + 5 * MINUTE;
    if (!str_eq(by_us(f->own, f, at), by_icu(f->own, f, at))) return false;
  }
  return true;
}

DateForm *dateform_open(const char *locale, const uint16_t *pattern) {
  UErrorCode e = U_ZERO_ERROR;
  UDateFormat *icu = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, u"UTC", -1, pattern, -1, &e);
  if (U_FAILURE(e)) return NULL;
  Arena *own = arena_new(ROOM);
  DateForm *f = NEW(own, DateForm);
  f->own = own;
  f->icu = icu;
  f->ours = understood(f, pattern) && same_as_icu(f);
  return f;
}

void dateform_close(DateForm *f) {
  if (!f) return;
  udat_close(f->icu);
  arena_free(f->own);
}

Str dateform_put(Arena *a, const DateForm *f, int64_t local) { return f->ours ? by_us(a, f, local) : by_icu(a, f, local); }
bool dateform_ours(const DateForm *f) { return f->ours; }
