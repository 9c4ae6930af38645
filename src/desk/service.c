/* desk/service.c: services and opening hours. */
#include "desk/service.h"
#include "measure/calendar.h"

static const Col service_cols[] = { COL(Service, id), COL(Service, team_id), COL(Service, calendar_id), COL(Service, hear_within), COL(Service, position),
                                    COL(Service, name), COL(Service, promise), COL(Service, words), COL(Service, team) };
static const Shape service_shape = SHAPE(Service, service_cols);
#define SERVICE_COLS "s.id, s.team_id, s.calendar_id, s.hear_within, s.position, s.name, s.promise, s.words, (SELECT name FROM party WHERE id = s.team_id) AS team"

Err service_list(Cx *cx, Rows *ret) {
  return db_rows_(cx, &service_shape, ret, SQL("SELECT " SERVICE_COLS " FROM service s ORDER BY s.position, s.id"), NULL, 0);
}

Err service_get(Cx *cx, int64_t id, Service *ret) {
  Err e = db_one(cx, &service_shape, ret, SQL("SELECT " SERVICE_COLS " FROM service s WHERE s.id = ?1"), V(id));
  return e == E_ABSENT ? fail_field(cx, "service", N_("There is no such service.")) : e;
}

Err service_put(Cx *cx, Service *s) {
  if (!str_trim(s->name).n) return fail_field(cx, "name", N_("Give the service a name people would use."));
  if (s->hear_within < 60 || s->hear_within > 90 * 86400) return fail_field(cx, "hear_within", N_("People should hear from you within a minute to ninety days."));
  if (s->id)
    return db_run(cx, SQL("UPDATE service SET name = ?2, promise = ?3, team_id = ?4, calendar_id = ?5, hear_within = ?6, words = ?7, position = ?8 WHERE id = ?1"),
                  V(s->id), V(s->name), V(s->promise), V(s->team_id), VID(s->calendar_id), V(s->hear_within), V(s->words), V(s->position));
  return db_int(cx, &s->id,
    SQL("INSERT INTO service(name, promise, team_id, calendar_id, hear_within, words, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id"),
    V(s->name), V(s->promise), V(s->team_id), VID(s->calendar_id), V(s->hear_within), V(s->words), V(s->position));
}

/* How many of a service's words stand in the text; both in small letters. */
static int hits(Str text, Str words) {
  int n = 0;
  Str word;
  while (words.n) {
    str_cut(words, ' ', &word, &words);
    if (word.n && str_find(text, word) != SIZE_MAX) n++;
  }
  return n;
}

Err service_for(Cx *cx, Str text, Service *ret) {
  Rows rows;
  TRY(service_list(cx, &rows));
  if (!rows.n) return fail(cx, E_ABSENT, N_("This desk has no service yet; set it up first."));
  text = str_lower(cx->arena, str_head(text, 4000));
  int most = -1;
  for (size_t i = 0; i < rows.n; i++) {
    int n = hits(text, str_lower(cx->arena, ROW(Service, rows, i)->words));
    if (n > most) { most = n; *ret = *ROW(Service, rows, i); }
  }
  return E_OK;
}

Err service_hear_at(Cx *cx, const Service *s, int64_t from, int64_t *ret) {
  *ret = from + s->hear_within * SECOND;
  if (!s->calendar_id) return E_OK;
  CalendarRow row;
  const Calendar *cal;
  TRY(calendar_row(cx, s->calendar_id, &row));
  TRY(calendar_parse(cx, row.zone, row.rules, &cal));
  int64_t due;
  if (calendar_due(cal, from, s->hear_within * SECOND, &due)) *ret = due;
  return E_OK;
}

/* ── hours ───────────────────────────────────────────────────────────── */
static const Col calendar_cols[] = { COL(CalendarRow, id), COL(CalendarRow, name), COL(CalendarRow, zone), COL(CalendarRow, rules) };
static const Shape calendar_shape = SHAPE(CalendarRow, calendar_cols);

Err calendar_list(Cx *cx, Rows *ret) {
  return db_rows_(cx, &calendar_shape, ret, SQL("SELECT id, name, zone, rules FROM calendar ORDER BY id"), NULL, 0);
}

Err calendar_row(Cx *cx, int64_t id, CalendarRow *ret) {
  Err e = db_one(cx, &calendar_shape, ret, SQL("SELECT id, name, zone, rules FROM calendar WHERE id = ?1"), V(id));
  return e == E_ABSENT ? fail(cx, e, "There are no such opening hours.") : e;
}

Err calendar_put(Cx *cx, CalendarRow *c) {
  const Calendar *parsed;
  if (!str_trim(c->name).n) return fail_field(cx, "name", N_("Give these hours a name."));
  TRY(calendar_parse(cx, c->zone, c->rules, &parsed));
  if (c->id) return db_run(cx, SQL("UPDATE calendar SET name = ?2, zone = ?3, rules = ?4 WHERE id = ?1"), V(c->id), V(c->name), V(c->zone), V(c->rules));
  return db_int(cx, &c->id, SQL("INSERT INTO calendar(name, zone, rules) VALUES (?1, ?2, ?3) RETURNING id"), V(c->name), V(c->zone), V(c->rules));
}
