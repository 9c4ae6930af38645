/* text/num.c: see num.h. If ICU fails, plain figures. */
#include "text/num.h"
#include <math.h>
#include <stdio.h>
#include <unicode/ulistformatter.h>
#include <unicode/uloc.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>
#include "text/icu.h"

static Str put(Arena *a, UFormattedNumber *r, UErrorCode *e) {
  UChar wide[128];
  int32_t n = unumf_resultToString(r, wide, (int32_t)COUNT(wide), e);
  return U_FAILURE(*e) ? S("") : icu_str(a, wide, n);
}

static Str whole(Arena *a, const Lang *lang, const char *skeleton, int64_t v) {
  UNumberFormatter *f = icu_get(ICU_NUMBERS, icu_locale(lang), skeleton);
  UErrorCode e = U_ZERO_ERROR;
  UFormattedNumber *r = unumf_openResult(&e);
  if (f) unumf_formatInt(f, v, r, &e);
  Str s = f ? put(a, r, &e) : S("");
  unumf_closeResult(r);
  return s.n ? s : str_fmt(a, "%lld", (long long)v);
}

static Str broken(Arena *a, const Lang *lang, const char *skeleton, double v) {
  UNumberFormatter *f = icu_get(ICU_NUMBERS, icu_locale(lang), skeleton);
  UErrorCode e = U_ZERO_ERROR;
  UFormattedNumber *r = unumf_openResult(&e);
  if (f) unumf_formatDouble(f, v, r, &e);
  Str s = f ? put(a, r, &e) : S("");
  unumf_closeResult(r);
  return s.n ? s : str_fmt(a, "%g", v);
}

Str num(Arena *a, const Lang *lang, int64_t v) { return whole(a, lang, "", v); }

static const char *places(int digits) {
  static const char *const of[] = { ".", ".0", ".00", ".000", ".0000", ".00000", ".000000" };
  return of[digits < 0 ? 0 : digits > 6 ? 6 : digits];
}

Str num_double(Arena *a, const Lang *lang, double v, int digits) { return broken(a, lang, places(digits), isfinite(v) ? v : 0); }

Str num_percent(Arena *a, const Lang *lang, double share, int digits) {
  char skeleton[32];
  snprintf(skeleton, sizeof skeleton, "percent scale/100 %s", places(digits));
  return broken(a, lang, skeleton, isfinite(share) ? share : 0);
}

Str num_size(Arena *a, const Lang *lang, int64_t bytes) {
  static const char *const units[] = { "byte", "kilobyte", "megabyte", "gigabyte", "terabyte" };
  double v = bytes < 0 ? 0 : (double)bytes;
  size_t u = 0;
  while (v >= 999.5 && u + 1 < COUNT(units)) { v /= 1000; u++; }
  char skeleton[64];
  snprintf(skeleton, sizeof skeleton, "unit/%s unit-width-short %s", units[u], u && v < 9.95 ? ".#" : ".");
  return broken(a, lang, skeleton, v);
}

Str list_and(Arena *a, const Lang *lang, const Str *items, size_t n) {
  if (!n) return S("");
  UListFormatter *f = icu_get(ICU_LISTS, icu_locale(lang), "");
  const UChar **wide = NEW_N(a, const UChar *, n);
  int32_t *len = NEW_N(a, int32_t, n), all = 64;
  for (size_t i = 0; i < n; i++) {
    UErrorCode bad = U_ZERO_ERROR;
    UChar *w = NEW_N(a, UChar, items[i].n + 1);
    u_strFromUTF8WithSub(w, (int32_t)items[i].n + 1, &len[i], items[i].p, (int32_t)items[i].n, 0xFFFD, NULL, &bad);
    wide[i] = w;
    all += len[i] + 16;
  }
  UErrorCode e = U_ZERO_ERROR;
  UChar *out = NEW_N(a, UChar, (size_t)all);
  int32_t got = f ? ulistfmt_format(f, wide, len, (int32_t)n, out, all, &e) : 0;
  return f && U_SUCCESS(e) ? icu_str(a, out, got) : items[0];
}

Str lang_said(Arena *a, const Lang *lang, Str tag) {
  char of[32];
  UChar wide[128];
  UErrorCode e = U_ZERO_ERROR;
  if (tag.n < 2 || tag.n >= sizeof of) return S("");
  memcpy(of, tag.p, tag.n);
  of[tag.n] = 0;
  int32_t n = uloc_getDisplayLanguage(of, icu_locale(lang), wide, (int32_t)COUNT(wide), &e);
  return U_FAILURE(e) || e == U_USING_DEFAULT_WARNING ? S("") : icu_str(a, wide, n);
}
