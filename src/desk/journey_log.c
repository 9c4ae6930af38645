/* desk/journey_log.c: see journey_log.h. Keeping them, and writing them again; beside the map: journey_log_read.c. */
#include "desk/journey_log.h"

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

bool journey_log_is_cjml(Str xml) { return str_find(str_head(xml, 100), S("<CJML")) != SIZE_MAX; }

/* ── in ──────────────────────────────────────────────────────────────── */

static Err read(Cx *cx, Str bytes, Xml **ret) {
  Err e = xml_read(cx, bytes, ret, NULL);
  if (e == E_INVALID || e == E_TOO_LARGE) return fail_field(cx, "file", STR_FMT, STR_ARG(cx->why));
  TRY(e);
  if (xml_is(*ret, "log") || xml_is(*ret, "CJML")) return E_OK;
  return fail_field(cx, "file", "Line %d: this is neither XES nor CJML: the first element is <" STR_FMT ">, not <log> or <CJML>.", (*ret)->line, STR_ARG((*ret)->name));
}

static int64_t steps_in(const Xml *walk) {
  int64_t n = 0;
  const Xml *points = xml_is(walk, "trace") ? walk : xml_child(walk, "touchpoints");
  for (size_t i = 0; points && i < points->children.n; i++) n += xml_is(points->children.at[i], "event") || journey_cjml_point(points->children.at[i], true);
  return n;
}

static void counted(const Xml *root, int64_t *ret_walks, int64_t *ret_events) {
  *ret_walks = *ret_events = 0;
  for (size_t i = 0; i < root->children.n; i++) {
    const Xml *t = root->children.at[i];
    if (!xml_is(t, "trace") && !xml_is(t, "actualJourney")) continue;
    (*ret_walks)++;
    *ret_events += steps_in(t);
  }
}

Err journey_log_keep(Cx *cx, const Journey *j, Str name, const Xml *root, int64_t *ret_id) {
  Buf b = { .arena = cx->arena };
  int64_t walks, events;
  TRY(journey_must_change(cx, j));
  counted(root, &walks, &events);
  if (!walks && xml_is(root, "CJML")) return fail_field(cx, "file", N_("There is no actualJourney in this file: nobody walked anything."));
  if (!walks) return fail_field(cx, "file", N_("There is no trace in this file: nobody walked anything."));
  xml_document(&b, root);
  return db_int(cx, ret_id, SQL("INSERT INTO journey_log(journey_id, name, xml, walks, events, at, by_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id"),
                V(j->id), V(str_utf8_head(str_trim(name), 200)), V(buf_str(&b)), V(walks), V(events), V(cx->now), VID(cx->actor.party));
}

/* The walks of a CJML file without its map: the map they are held against is here already. */
static Err of_cjml(Cx *cx, const Journey *j, Xml *root) {
  size_t n = 0;
  TRY(journey_cjml_check(cx, root, j->code));
  for (size_t i = 0; i < root->children.n; i++) if (xml_is(root->children.at[i], "actualJourney")) root->children.at[n++] = root->children.at[i];
  root->children.n = n;
  return E_OK;
}

Err journey_log_put(Cx *cx, const Journey *j, Str name, Str bytes, int64_t *ret_id) {
  Xml *root;
  TRY(journey_must_change(cx, j));
  TRY(read(cx, bytes, &root));
  if (xml_is(root, "CJML")) TRY(of_cjml(cx, j, root));
  return journey_log_keep(cx, j, name, root, ret_id);
}

Err journey_log_drop(Cx *cx, const Journey *j, int64_t id) {
  TRY(journey_must_change(cx, j));
  return db_run(cx, SQL("DELETE FROM journey_log WHERE journey_id = ?1 AND id = ?2"), V(j->id), V(id));
}

/* ── out ─────────────────────────────────────────────────────────────── */

/* Attributes of the file that the walks came in are name spaces they may stand in: on the root, or where another has the name there, on each walk. */
static void spaces(Arena *a, Xml *root, Xml *walk, const Xml *from) {
  for (size_t i = 0; i < from->attrs.n; i++) {
    XmlAttr at = from->attrs.at[i];
    Str there = S("");
    bool on_root = false;
    for (size_t k = 0; k < root->attrs.n; k++) if (str_eq(root->attrs.at[k].name, at.name)) { on_root = true; there = root->attrs.at[k].value; }
    if (str_eq(at.name, S("version")) || (on_root && str_eq(there, at.value))) continue;
    if (on_root) { vec_add(a, &walk->attrs, at); continue; }
    vec_add(a, &root->attrs, root->attrs.at[root->attrs.n - 1]);                     /* the version stays the last */
    root->attrs.at[root->attrs.n - 2] = at;
  }
}

Err journey_log_cjml(Cx *cx, const Journey *j, const Rows *map, Str *ret) {
  typedef struct { Str xml; } Text;
  static const Col text_cols[] = { COL(Text, xml) };
  static const Shape text = SHAPE(Text, text_cols);
  Buf b = { .arena = cx->arena };
  Rows logs;
  Xml *root = journey_cjml_tree(cx, j, map), *from;
  TRY(db_rows(cx, &text, &logs, SQL("SELECT xml FROM journey_log WHERE journey_id = ?1 ORDER BY id"), V(j->id)));
  for (size_t i = 0; i < logs.n; i++) {
    if (!journey_log_is_cjml(ROW(Text, logs, i)->xml)) continue;
    TRY(read(cx, ROW(Text, logs, i)->xml, &from));
    for (size_t k = 0; k < from->children.n; k++) {
      spaces(cx->arena, root, from->children.at[k], from);
      xml_take(cx->arena, root, from->children.at[k]);
    }
  }
  xml_document(&b, root);
  *ret = buf_str(&b);
  return E_OK;
}
