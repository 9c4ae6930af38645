/* web/words.c: see words.h. */
#include "web/words.h"

Str called(Str name) { return name_called(name, S("")); }

static Str main_tag(Str tag) {
  Str head, rest;
  str_cut(tag, '-', &head, &rest);
  return head;
}

Str foreign(const View *v, Str tag) {
  if (!tag.n || str_ieq(main_tag(tag), main_tag(lang_tag(v->lang)))) return S("");
  return lang_said(v->arena, v->lang, tag);
}

/* Noon never falls into a change of clocks, so a day more is always the next day. */
int64_t hour_on(const Cx *cx, int days, int minute_of_day) {
  int64_t noon = cx->now, at = cx->now;
  if (!when_read_day(cx->zone, when_input_day(cx->arena, cx->zone, cx->now), 12 * 60, &noon)) return cx->now + days * DAY;
  when_read_day(cx->zone, when_input_day(cx->arena, cx->zone, noon + days * DAY), minute_of_day, &at);
  return at;
}

int days_to_monday(const Cx *cx) {
  Str day = when_input_day(cx->arena, cx->zone, cx->now), y, m, d, rest;
  int64_t year, month, date;
  if (!str_cut(day, '-', &y, &rest) || !str_cut(rest, '-', &m, &d)) return 7;
  if (!str_int(y, &year) || !str_int(m, &month) || !str_int(d, &date)) return 7;
  int64_t weekday = (clock_days((int)year, (int)month, (int)date) + 3) % 7;     /* 1970-01-01 was a Thursday; 0 = Monday */
  return (int)(7 - weekday);
}

Typed typed_list(Arena *a, Str s, const char *separators) {
  Typed list = { 0 };
  size_t from = 0;
  for (size_t i = 0; i <= s.n; i++) {
    if (i < s.n && !strchr(separators, s.p[i])) continue;
    Str word = str_trim((Str){ s.p + from, i - from });
    if (word.n) vec_add(a, &list, word);
    from = i + 1;
  }
  return list;
}
