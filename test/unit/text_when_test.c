/* Dates, lengths and numbers in words, on a fixed clock: Thursday 14 May 2026, 13:40 in Lisbon (12:40 UTC). */
#include "test.h"
#include <pthread.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include "base/random.h"
#include "text/dateform.h"
#include "text/icu.h"
#include "text/num.h"
#include "text/when.h"

static int64_t at(const char *rfc3339) {
  int64_t t = 0;
  MUST(clock_parse(str_z(rfc3339), &t));
  return t;
}
static Reader lisbon(Arena *a) { return (Reader){ a, NULL, S("Europe/Lisbon"), at("2026-05-14T12:40:00Z") }; }

TEST(words_for_instants) {
  Reader r = lisbon(a);
  static const struct { int line; const char *at, *day, *by, *brief, *near; } cases[] = {
    { __LINE__, "2026-05-14T16:00:00Z", "today",       "today by 17:00",                  "17:00",       "17:00" },
    { __LINE__, "2026-05-14T23:30:00Z", "tomorrow",    "tomorrow by 00:30",               "Fri",         "tomorrow 00:30" },
    { __LINE__, "2026-05-15T11:00:00Z", "tomorrow",    "tomorrow by 12:00",               "Fri",         "tomorrow 12:00" },
    { __LINE__, "2026-05-20T11:00:00Z", "Wednesday",   "Wednesday by 12:00",              "Wed",         "Wednesday 12:00" },
    { __LINE__, "2026-05-22T11:00:00Z", "22 May",      "Friday 22 May by 12:00",          "22 May",      "22 May 12:00" },
    { __LINE__, "2027-01-04T08:00:00Z", "4 January 2027", "Monday 4 January 2027 by 08:00", "4 Jan 2027", "4 January 2027 08:00" },
    { __LINE__, "2026-05-13T15:25:00Z", "yesterday",   "yesterday by 16:25",              "Wed",         "yesterday 16:25" },
    { __LINE__, "2026-05-12T15:40:00Z", "Tuesday",     "Tuesday 12 May by 16:40",         "Tue",         "Tuesday 16:40" },
    { __LINE__, "2025-12-31T23:30:00Z", "31 December 2025", "Wednesday 31 December 2025 by 23:30", "31 Dec 2025", "31 December 2025 23:30" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    IS_AT(cases[i].line, when_day(r, at(cases[i].at)), str_z(cases[i].day));
    IS_AT(cases[i].line, when_by(r, at(cases[i].at)), str_z(cases[i].by));
    IS_AT(cases[i].line, when_short(r, at(cases[i].at)), str_z(cases[i].brief));
    IS_AT(cases[i].line, when_at(r, at(cases[i].at)), str_z(cases[i].near));
  }
  IS(when_full(r, at("2026-05-14T13:30:00Z")), S("Thursday 14 May 2026 at 14:30"));
  IS(when_day(r, 0), S(""));
  IS(when_line(r, at("2026-05-14T16:00:00Z")), S("Today by 17:00"));
  IS(when_line(r, at("2026-05-22T11:00:00Z")), S("Friday 22 May by 12:00"));
  IS(when_line(r, 0), S(""));
}

TEST(the_same_instant_elsewhere) {
  static const struct { int line; const char *zone, *clock, *day; } cases[] = {
    { __LINE__, "Europe/Lisbon",       "23:30", "today" },
    { __LINE__, "UTC",                 "22:30", "today" },
    { __LINE__, "Asia/Kolkata",        "04:00", "tomorrow" },
    { __LINE__, "Pacific/Chatham",     "11:15", "today" },       /* there it is the 15th already */
    { __LINE__, "America/Los_Angeles", "15:30", "today" },
    { __LINE__, "Nowhere/Atall",       "22:30", "today" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Reader r = lisbon(a);
    r.zone = str_z(cases[i].zone);
    IS_AT(cases[i].line, when_clock(r, at("2026-05-14T22:30:00Z")), str_z(cases[i].clock));
    IS_AT(cases[i].line, when_day(r, at("2026-05-14T22:30:00Z")), str_z(cases[i].day));
  }
  MUST(when_zone_ok(S("Europe/Lisbon")));
  MUST(when_zone_ok(S("UTC")));
  MUST(!when_zone_ok(S("Nowhere/Atall")));
  MUST(!when_zone_ok(S("")));
}

TEST(lengths) {
  Reader r = lisbon(a);
  static const struct { int line; int64_t span; const char *is, *in, *ago; } cases[] = {
    { __LINE__, 0,                          "0 seconds",  "0 seconds ago",  "0 seconds ago" },
    { __LINE__, 40 * SECOND,                "40 seconds", "in 40 seconds",  "40 seconds ago" },
    { __LINE__, MINUTE,                     "1 min",      "in 1 min",       "1 min ago" },
    { __LINE__, HOUR - 1,                   "59 min",     "in 59 min",      "59 min ago" },
    { __LINE__, HOUR,                       "1 h",        "in 1 h",         "1 h ago" },
    { __LINE__, HOUR + 9 * MINUTE,          "1 h 9 min",  "in 1 h 9 min",   "1 h 9 min ago" },
    { __LINE__, 3 * HOUR + 20 * MINUTE,     "3 h 20 min", "in 3 h 20 min",  "3 h 20 min ago" },
    { __LINE__, 10 * HOUR,                  "10 hours",   "in 10 hours",    "10 hours ago" },
    { __LINE__, 45 * HOUR + 59 * MINUTE,    "45 hours",   "in 45 hours",    "45 hours ago" },
    { __LINE__, 2 * DAY,                    "2 days",     "in 2 days",      "2 days ago" },
    { __LINE__, 59 * DAY,                   "59 days",    "in 59 days",     "59 days ago" },
    { __LINE__, 61 * DAY,                   "2 months",   "in 2 months",    "2 months ago" },
    { __LINE__, 800 * DAY,                  "2 years",    "in 2 years",     "2 years ago" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    IS_AT(cases[i].line, when_span(r, cases[i].span), str_z(cases[i].is));
    IS_AT(cases[i].line, when_in(r, r.now + cases[i].span), str_z(cases[i].in));
    IS_AT(cases[i].line, when_ago(r, r.now - cases[i].span), str_z(cases[i].ago));
  }
  IS(when_hours(r, 45 * HOUR), S("45 h 00 min"));
  IS(when_hours(r, 9 * HOUR + 40 * MINUTE + 59 * SECOND), S("9 h 40 min"));
  IS(when_span(r, -5), S("0 seconds"));
}

TEST(times_typed_by_people) {
  static const struct { int line; const char *zone, *in, *out; } cases[] = {
    { __LINE__, "Europe/Lisbon",    "2026-05-14T17:00",        "2026-05-14T16:00:00.000000Z" },
    { __LINE__, "Europe/Lisbon",    " 2026-01-14T17:00:30 ",   "2026-01-14T17:00:30.000000Z" },
    { __LINE__, "Europe/Amsterdam", "2026-03-29T02:30",        "2026-03-29T01:30:00.000000Z" },   /* skipped: offset before, +1 */
    { __LINE__, "Europe/Amsterdam", "2026-10-25T02:30",        "2026-10-25T00:30:00.000000Z" },   /* twice: the first, +2 */
    { __LINE__, "Europe/Amsterdam", "2026-10-25T03:00",        "2026-10-25T02:00:00.000000Z" },
    { __LINE__, "Australia/Lord_Howe", "2026-04-05T01:45",     "2026-04-04T14:45:00.000000Z" },   /* half an hour, +11 first */
    { __LINE__, "Pacific/Apia",     "2011-12-30T12:00",        "2011-12-30T22:00:00.000000Z" },   /* a day that never was: -10 */
    { __LINE__, "Asia/Kolkata",     "2028-02-29T00:00",        "2028-02-28T18:30:00.000000Z" },
    { __LINE__, "UTC", "2026-02-29T00:00", NULL }, { __LINE__, "UTC", "2026-13-01T00:00", NULL },
    { __LINE__, "UTC", "2026-05-14T24:00", NULL }, { __LINE__, "UTC", "2026-05-14", NULL },
    { __LINE__, "UTC", "14-05-2026T10:00", NULL }, { __LINE__, "UTC", "2026-05-14T10:00Z", NULL },
    { __LINE__, "UTC", "", NULL },                 { __LINE__, "UTC", "2026-05-14T1:00", NULL },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int64_t t = 7;
    bool ok = when_read(str_z(cases[i].zone), str_z(cases[i].in), &t);
    if (cases[i].out) IS_AT(cases[i].line, clock_rfc3339(a, t), str_z(cases[i].out));
    MUST_AT(cases[i].line, ok == (cases[i].out != NULL));
    if (!ok) INT_AT(cases[i].line, t, 7);
  }
  int64_t t;
  MUST(when_read_day(S("Europe/Lisbon"), S("2026-05-22"), 17 * 60, &t));
  IS(clock_rfc3339(a, t), S("2026-05-22T16:00:00.000000Z"));
  IS(when_input(a, S("Europe/Lisbon"), t), S("2026-05-22T17:00"));
  IS(when_input_day(a, S("Asia/Tokyo"), t), S("2026-05-23"));
  IS(when_input(a, S("UTC"), -1), S("1969-12-31T23:59"));
  MUST(!when_read_day(S("UTC"), S("2026-05-22T10:00"), 0, &t));
}

/* What is typed comes back the same, through every change of clocks of a year. */
TEST(typed_times_come_back) {
  static const char *const zones[] = { "Europe/Lisbon", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu" };
  for (size_t z = 0; z < COUNT(zones); z++)
    for (int64_t t = at("2026-01-01T00:00:00Z"); t < at("2027-01-01T00:00:00Z"); t += 6 * HOUR + 30 * MINUTE) {
      Str typed = when_input(a, str_z(zones[z]), t);
      int64_t back = 0;
      MUST(when_read(str_z(zones[z]), typed, &back));
      IS(when_input(a, str_z(zones[z]), back), typed);
      MUST(back == t || back == t - HOUR || back == t - 30 * MINUTE);          /* the first of two */
    }
}

TEST(numbers) {
  IS(num(a, NULL, 12408), S("12,408"));
  IS(num(a, NULL, INT64_MIN), S("-9,223,372,036,854,775,808"));
  IS(num_double(a, NULL, 4.25, 1), S("4.2"));
  IS(num_double(a, NULL, 0.0 / 0.0, 1), S("0.0"));
  IS(num_percent(a, NULL, 0.912, 0), S("91%"));
  static const struct { int line; int64_t n; const char *is; } sizes[] = {
    { __LINE__, 0, "0 byte" }, { __LINE__, 999, "999 byte" }, { __LINE__, 1000, "1 kB" }, { __LINE__, 339600, "340 kB" },
    { __LINE__, 1200000, "1.2 MB" }, { __LINE__, 999700, "1 MB" }, { __LINE__, 26214400, "26 MB" }, { __LINE__, INT64_MAX, "9,223,372 TB" }, { __LINE__, -4, "0 byte" },
  };
  for (size_t i = 0; i < COUNT(sizes); i++) IS_AT(sizes[i].line, num_size(a, NULL, sizes[i].n), str_z(sizes[i].is));
}

TEST(names_of_languages) {
  IS(lang_said(a, NULL, S("pt")), S("Portuguese"));
  IS(lang_said(a, NULL, S("pt-BR")), S("Portuguese"));
  IS(lang_said(a, NULL, S("ja")), S("Japanese"));
  IS(lang_said(a, NULL, S("")), S(""));
  IS(lang_said(a, NULL, S("zz")), S(""));
  IS(lang_said(a, NULL, S("a language whose tag is far too long to be one")), S(""));
}

TEST(lists) {
  Str who[] = { S("Sofie"), S("Yusuf"), S("渡辺") };
  IS(list_and(a, NULL, who, 0), S(""));
  IS(list_and(a, NULL, who, 1), S("Sofie"));
  IS(list_and(a, NULL, who, 2), S("Sofie and Yusuf"));
  IS(list_and(a, NULL, who, 3), S("Sofie, Yusuf and 渡辺"));
}

static void *much(void *arg) {
  Arena *a = arena_new(64 << 20);
  Reader r = { a, arg, S("Europe/Lisbon"), 1778762400 * SECOND };
  for (int i = 0; i < 200; i++) {
    r.zone = i % 2 ? S("Asia/Tokyo") : S("America/Lima");
    MUST(str_eq(when_span(r, 3 * DAY), S("3 days")));
    MUST(when_by(r, r.now + i * HOUR).n > 0);
  }
  arena_free(a);
  return NULL;
}

TEST(threads_have_their_own) {
  pthread_t t[4];
  for (int i = 0; i < 4; i++) MUST(!pthread_create(&t[i], NULL, much, NULL));
  for (int i = 0; i < 4; i++) pthread_join(t[i], NULL);
}

/* Everything ICU would write, in every language we speak and in some that need another calendar or other figures. */
static void beside_icu(Arena *a, const char *locale, const uint16_t *pattern, bool must_be_ours) {
  UErrorCode e = U_ZERO_ERROR;
  UDateFormat *icu = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, u"UTC", -1, pattern, -1, &e);
  DateForm *f = dateform_open(locale, pattern);
  MUST(U_SUCCESS(e) && f != NULL);
  if (must_be_ours) MUST(dateform_ours(f));
  Rng r = rng_seed(20260514);
  int64_t first = at("1900-01-01T00:00:00Z"), range = at("2100-01-01T00:00:00Z") - first;
  for (int i = 0; i < 150; i++) {
    int64_t t = first + (int64_t)rng_below(&r, (uint64_t)range);
    UChar wide[160];
    int32_t n = udat_format(icu, (double)(t / 1000 - (t % 1000 < 0)), wide, (int32_t)COUNT(wide), NULL, &e);
    IS(dateform_put(a, f, t), icu_str(a, wide, n));
  }
  dateform_close(f);
  udat_close(icu);
}

TEST(dates_as_icu_writes_them) {
  static const UChar *const skeletons[] = { u"Hm", u"EEEE", u"EEE", u"dMMMM", u"dMMMMyyyy", u"EEEEdMMMM", u"EEEEdMMMMyyyy", u"dMMM", u"dMMMyyyy", u"EEEEdMMMMyyyyHm" };
  static const UChar *const patterns[] = { u"", u"EEEE d 'de' MMMM", u"'o''clock' H ''mm", u"d.M.yyyy LLLL cccc", u"yy G D", u"'open" };
  const char *others[] = { "fa", "th", "ar-EG", "my", "ja", "he" };
  for (size_t i = 0; i < lang_count() + COUNT(others); i++) {
    bool spoken = i < lang_count();
    const char *locale = spoken ? icu_locale(lang_at(i)) : others[i - lang_count()];
    UErrorCode e = U_ZERO_ERROR;
    UDateTimePatternGenerator *g = udatpg_open(locale, &e);
    for (size_t k = 0; k < COUNT(skeletons); k++) {
      UChar pattern[96];
      udatpg_getBestPattern(g, skeletons[k], -1, pattern, (int32_t)COUNT(pattern), &e);
      MUST(U_SUCCESS(e));
      beside_icu(a, locale, pattern, spoken);
    }
    udatpg_close(g);
    for (size_t k = 0; k < COUNT(patterns); k++) beside_icu(a, locale, patterns[k], false);
  }
}

TEST(in_other_languages) {
  static const struct { int line; const char *lang, *by, *by_far, *brief, *full, *span, *in, *ago, *number; } cases[] = {
    { __LINE__, "nl", "vandaag vóór 17:00", "vrijdag 22 mei vóór 12:00", "di", "donderdag 14 mei 2026 om 14:30", "45 uur", "over 3 u 20 min", "2 dagen geleden", "12.408" },
    { __LINE__, "de", "heute bis 17:00", "Freitag, 22. Mai bis 12:00", "Di", "Donnerstag, 14. Mai 2026 um 14:30", "45 Stunden", "in 3 Std. 20 Min.", "vor 2 Tagen", "12.408" },
    { __LINE__, "fr", "aujourd’hui avant 17:00", "vendredi 22 mai avant 12:00", "mar.", "jeudi 14 mai 2026 à 14:30", "45\xC2\xA0heures", "dans 3 h 20 min", "il y a 2 jours", "12\xE2\x80\xAF""408" },
    { __LINE__, "es", "hoy antes de las 17:00", "viernes, 22 de mayo antes de las 12:00", "mar", "jueves, 14 de mayo de 2026, 14:30", "45 horas", "dentro de 3 h 20 min", "hace 2 días", "12.408" },
    { __LINE__, "ar", "اليوم قبل 17:00", "الجمعة، 22 مايو قبل 12:00", "الثلاثاء", "الخميس، 14 مايو 2026 في 14:30", "45 ساعة", "خلال 3 س 20 د", "قبل يومين", "12,408" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Reader r = lisbon(a);
    r.lang = lang_find(str_z(cases[i].lang));
    IS_AT(cases[i].line, when_by(r, at("2026-05-14T16:00:00Z")), str_z(cases[i].by));
    IS_AT(cases[i].line, when_by(r, at("2026-05-22T11:00:00Z")), str_z(cases[i].by_far));
    IS_AT(cases[i].line, when_short(r, at("2026-05-12T11:00:00Z")), str_z(cases[i].brief));
    IS_AT(cases[i].line, when_full(r, at("2026-05-14T13:30:00Z")), str_z(cases[i].full));
    IS_AT(cases[i].line, when_span(r, 45 * HOUR), str_z(cases[i].span));
    IS_AT(cases[i].line, when_in(r, r.now + 3 * HOUR + 20 * MINUTE), str_z(cases[i].in));
    IS_AT(cases[i].line, when_ago(r, r.now - 2 * DAY), str_z(cases[i].ago));
    IS_AT(cases[i].line, num(a, r.lang, 12408), str_z(cases[i].number));
  }
}
