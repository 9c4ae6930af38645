/* desk/journey_log.c: see journey_log.h. */
#include "desk/journey_log.h"
#include "text/xml.h"

static const Col cols[] = { COL(JourneyLog, id), COL(JourneyLog, journey_id), COL(JourneyLog, walks), COL(JourneyLog, events), COL(JourneyLog, at), COL(JourneyLog, by_id),
                            COL(JourneyLog, name), COL(JourneyLog, by) };
static const Shape shape = SHAPE(JourneyLog, cols);
#define COLS "l.id, l.journey_id, l.walks, l.events, l.at, l.by_id, l.name, (SELECT name FROM party WHERE id = l.by_id) AS by_name"

Err journey_logs(Cx *cx, int64_t journey, Rows *ret) {
  return db_rows(cx, &shape, ret, SQL("SELECT " COLS " FROM journey_log l WHERE l.journey_id = ?1 ORDER BY l.id DESC"), V(journey));
}

Err journey_log_get(Cx *cx, int64_t journey, int64_t id, JourneyLog *ret, Str *ret_xml) {
  typedef struct { Str xml; } Text;
  static const Col text_cols[] = { COL(Text, xml) };
  static const Shape text = SHAPE(Text, text_cols);
  Text t;
  Err e = db_one(cx, &shape, ret, SQL("SELECT " COLS " FROM journey_log l WHERE l.journey_id = ?1 AND l.id = ?2"), V(journey), V(id));
  if (e == E_ABSENT) return fail(cx, E_ABSENT, N_("There are no such walks on this journey."));
  TRY(e);
  TRY(db_one(cx, &text, &t, SQL("SELECT xml FROM journey_log WHERE id = ?1"), V(id)));
  *ret_xml = t.xml;
  return E_OK;
}

static Err read(Cx *cx, Str bytes, Xml **ret) {
  Err e = xml_read(cx, bytes, ret, NULL);
  if (e == E_INVALID || e == E_TOO_LARGE) return fail_field(cx, "file", STR_FMT, STR_ARG(cx->why));
  TRY(e);
  if (!xml_is(*ret, "log")) return fail_field(cx, "file", "Line %d: this is not XES: the first element is <" STR_FMT ">, not <log>.", (*ret)->line, STR_ARG((*ret)->name));
  return E_OK;
}

static void counted(const Xml *log, int64_t *ret_walks, int64_t *ret_events) {
  *ret_walks = *ret_events = 0;
  for (size_t i = 0; i < log->children.n; i++) {
    const Xml *t = log->children.at[i];
    if (!xml_is(t, "trace")) continue;
    (*ret_walks)++;
    for (size_t k = 0; k < t->children.n; k++) *ret_events += xml_is(t->children.at[k], "event");
  }
}

Err journey_log_put(Cx *cx, const Journey *j, Str name, Str bytes, int64_t *ret_id) {
  Buf b = { .arena = cx->arena };
  int64_t walks, events;
  Xml *log;
  TRY(journey_must_change(cx, j));
  TRY(read(cx, bytes, &log));
  counted(log, &walks, &events);
  if (!walks) return fail_field(cx, "file", N_("There is no trace in this file: nobody walked anything."));
  xml_document(&b, log);
  return db_int(cx, ret_id, SQL("INSERT INTO journey_log(journey_id, name, xml, walks, events, at, by_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id"),
                V(j->id), V(str_utf8_head(str_trim(name), 200)), V(buf_str(&b)), V(walks), V(events), V(cx->now), VID(cx->actor.party));
}

Err journey_log_drop(Cx *cx, const Journey *j, int64_t id) {
  TRY(journey_must_change(cx, j));
  return db_run(cx, SQL("DELETE FROM journey_log WHERE journey_id = ?1 AND id = ?2"), V(j->id), V(id));
}

/* ── beside the map ──────────────────────────────────────────────────── */

static Str said(const Xml *event, const char *key) {
  for (size_t i = 0; i < event->children.n; i++)
    if (str_eq(xml_get(event->children.at[i], "key"), str_z(key))) return xml_get(event->children.at[i], "value");
  return S("");
}

static int64_t place(const Rows *map, const Xml *event) {
  Str code = said(event, "touchpoint"), name = said(event, "concept:name");
  for (size_t i = 0; i < map->n; i++) if (code.n && str_eq(ROW(Touchpoint, *map, i)->code, code)) return (int64_t)i + 1;
  for (size_t i = 0; i < map->n; i++) if (str_ieq(ROW(Touchpoint, *map, i)->name, name)) return (int64_t)i + 1;
  return 0;
}

Err journey_log_fit(Cx *cx, const Rows *map, Str xml, LogFit *ret) {
  int64_t *planned = NEW_N(cx->arena, int64_t, map->n + 1);
  Tally all = { 0 };
  Xml *log;
  *ret = (LogFit){ 0 };
  TRY(read(cx, xml, &log));
  for (size_t i = 0; i < map->n; i++) planned[i] = (int64_t)i + 1;
  for (size_t i = 0; i < log->children.n; i++) {
    const Xml *t = log->children.at[i];
    JourneyStep *steps = NEW_N(cx->arena, JourneyStep, t->children.n + 1);
    size_t n = 0;
    if (!xml_is(t, "trace")) continue;
    for (size_t k = 0; k < t->children.n; k++) {
      const Xml *e = t->children.at[k];
      if (!xml_is(e, "event")) continue;
      steps[n] = (JourneyStep){ .touchpoint = place(map, e), .failed = str_eq(said(e, "deviation"), S("failing")) };
      ret->unknown += steps[n++].touchpoint == 0;
    }
    JourneyFit f = journey_fit(cx->arena, planned, map->n, steps, n);
    all.k += f.conformance.k;
    all.n += f.conformance.n;
    ret->missing += f.missing;
  }
  ret->planned = figure_share(all, 0);
  ret->planned.name = S("as_planned");
  ret->planned.eyes = EYES_BOTH;
  return E_OK;
}
