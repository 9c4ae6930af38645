/* text/icu.c: see icu.h. A small table a thread, the least used entry makes room. */
#include "text/icu.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/udatpg.h>
#include <unicode/ulistformatter.h>
#include <unicode/unumberformatter.h>
#include <unicode/ureldatefmt.h>
#include <unicode/ustring.h>
#include "text/dateform.h"

enum { KEEP = 48, KEY = 96 };
typedef struct { IcuKind kind; char key[KEY]; void *handle; uint64_t used; } Entry;
typedef struct { Entry at[KEEP]; uint64_t tick; } Cache;

static pthread_key_t caches;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void entry_close(Entry *e) {
  if (!e->handle) return;
  switch (e->kind) {
    case ICU_DATES:    dateform_close(e->handle); break;
    case ICU_NUMBERS:  unumf_close(e->handle); break;
    case ICU_RELATIVE: ureldatefmt_close(e->handle); break;
    case ICU_LISTS:    ulistfmt_close(e->handle); break;
    case ICU_KINDS:    break;
  }
  e->handle = NULL;
}

static void cache_free(void *p) {
  Cache *c = p;
  for (size_t i = 0; i < KEEP; i++) entry_close(&c->at[i]);
  free(c);
}
static void begin(void) { if (pthread_key_create(&caches, cache_free)) abort(); }

static Cache *cache(void) {
  pthread_once(&once, begin);
  Cache *c = pthread_getspecific(caches);
  if (!c) {
    c = calloc(1, sizeof *c);
    if (!c || pthread_setspecific(caches, c)) abort();
  }
  return c;
}

/* British and Irish English put the day first and, here, leave the comma after the weekday out: "Friday 22 May". */
static void english(UChar *pattern) {
  UChar *comma = u_strstr(pattern, u"EEEE, ");
  if (comma) u_memmove(comma + 4, comma + 5, u_strlen(comma + 5) + 1);
}

static DateForm *dates(const char *locale, const char *skeleton) {
  UErrorCode e = U_ZERO_ERROR;
  UChar want[KEY], pattern[KEY];
  u_uastrncpy(want, skeleton, KEY);
  UDateTimePatternGenerator *g = udatpg_open(locale, &e);
  udatpg_getBestPattern(g, want, -1, pattern, KEY, &e);
  udatpg_close(g);
  if (U_FAILURE(e)) return NULL;
  if (!strncmp(locale, "en", 2)) english(pattern);
  return dateform_open(locale, pattern);
}

static void *handle_open(IcuKind kind, const char *a, const char *b) {
  UErrorCode e = U_ZERO_ERROR;
  UChar wide[KEY];
  void *h = NULL;
  u_uastrncpy(wide, b, KEY);
  switch (kind) {
    case ICU_DATES:    return dates(a, b);
    case ICU_NUMBERS:  h = unumf_openForSkeletonAndLocale(wide, -1, a, &e); break;
    case ICU_RELATIVE: h = ureldatefmt_open(a, NULL, UDAT_STYLE_LONG, UDISPCTX_CAPITALIZATION_NONE, &e); break;
    case ICU_LISTS:    h = ulistfmt_openForType(a, ULISTFMT_TYPE_AND, ULISTFMT_WIDTH_WIDE, &e); break;
    case ICU_KINDS:    break;
  }
  return U_FAILURE(e) ? NULL : h;
}

/* key: "a|b" */
static bool same(const char *key, const char *a, const char *b) {
  size_t n = strlen(a);
  return !strncmp(key, a, n) && key[n] == '|' && !strcmp(key + n + 1, b);
}

void *icu_get(IcuKind kind, const char *a, const char *b) {
  Cache *c = cache();
  Entry *room = &c->at[0];
  for (size_t i = 0; i < KEEP; i++) {
    Entry *e = &c->at[i];
    if (e->handle && e->kind == kind && same(e->key, a, b)) { e->used = ++c->tick; return e->handle; }
    if (e->used < room->used) room = e;
  }
  char key[KEY];
  if (snprintf(key, sizeof key, "%s|%s", a, b) >= KEY) return NULL;
  entry_close(room);
  *room = (Entry){ .kind = kind, .handle = handle_open(kind, a, b), .used = ++c->tick };
  memcpy(room->key, key, sizeof key);
  return room->handle;
}

Str icu_str(Arena *a, const uint16_t *wide, int32_t n) {
  if (n < 0) n = u_strlen(wide);
  UErrorCode e = U_ZERO_ERROR;
  int32_t cap = n * 3 + 1, len = 0;
  char *p = NEW_N(a, char, (size_t)cap);
  u_strToUTF8(p, cap, &len, wide, n, &e);
  return U_FAILURE(e) ? S("") : (Str){ p, (size_t)len };
}

const char *icu_locale(const Lang *lang) {
  Str tag = lang_tag(lang);
  if (str_eq(tag, S("en")) || lang_is_pseudo(lang)) return "en-IE";
  if (str_eq(tag, S("ar"))) return "ar@numbers=latn";        /* one kind of figures on a page: references are in these too */
  return tag.p;                                              /* of a constant table, ended by NUL */
}
