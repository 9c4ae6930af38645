/* web/pages/journey_files.c: maps and walks as files, out and in; walks of elsewhere beside the map. Programs take the same files from the API. */
#include "desk/journey_file.h"
#include "desk/journey_log.h"
#include "text/caps.h"
#include "views.h"
#include "web/pages/journey.h"
#include "web/pages/journey_logs.h"
#include "web/pages/portal.h"

extern const Route journey_files_routes[];
Err journeys_refused(Cx *, const Req *, Res *);

/* "From here to there" → "from-here-to-there.cjml": letters and digits of the name. */
static Str file_name(Arena *a, Str name, const char *ending) {
  Buf b = { .arena = a };
  for (size_t i = 0; i < name.n && b.n < 60; i++) {
    char c = name.p[i];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c | 32) : c);
    else if (b.n && b.p[b.n - 1] != '-') buf_char(&b, '-');
  }
  if (b.n && b.p[b.n - 1] == '-') b.n--;
  if (!b.n) buf_add(&b, S("journey"));
  buf_add(&b, str_z(ending));
  return buf_str(&b);
}

static Err file(Cx *cx, Res *res, Str name, const char *ending, Str bytes) {
  return res_file(cx, res, file_name(cx->arena, name, ending), S("application/xml"), bytes);
}

/* ?walks=brought: and behind it the walks that were brought as CJML. */
Err journey_cjml_get(Cx *cx, const Req *q, Res *res) {
  JourneyPage p = { 0 };
  Str bytes;
  TRY(journey_load(cx, q, &p));
  if (str_eq(req_get(q, "walks"), S("brought"))) TRY(journey_log_cjml(cx, &p.j, &p.map, &bytes));
  else bytes = journey_cjml(cx, &p.j, &p.map, NULL);
  return file(cx, res, p.j.name, ".cjml.xml", bytes);
}

Err journey_xes_get(Cx *cx, const Req *q, Res *res) {
  JourneyPage p = { 0 };
  TRY(journey_load(cx, q, &p));
  return file(cx, res, p.j.name, ".xes", journey_xes(cx, &p.j, &p.w));
}

static Err walk_get(Cx *cx, const Req *q, Res *res) {
  JourneyPage p = { 0 };
  int64_t n;
  TRY(journey_load(cx, q, &p));
  if (!req_param_int(q, "n", &n)) n = 0;
  for (size_t i = 0; i < p.w.n; i++)
    if (p.w.at[i].id == n) return file(cx, res, str_cat(cx->arena, p.j.name, S(" "), walk_mark(cx->arena, cx->site, &p.j, &p.w.at[i])), ".cjml.xml", journey_cjml(cx, &p.j, &p.map, &p.w.at[i]));
  return fail(cx, E_ABSENT, N_("There is no such walk in this time that you may see."));
}

/* ── in ──────────────────────────────────────────────────────────────── */

static Err upload(Cx *cx, const Req *q, Res *res, Upload *ret) {
  if (!q->uploads.n) return res_wrong(cx, res, "file", tr(cx->lang, "Choose a file."));
  if (q->uploads.at[0].bytes.n > CAP_XML_BYTES) return res_wrong(cx, res, "file", tr(cx->lang, "This file is larger than one megabyte. That is more than we take in."));
  *ret = q->uploads.at[0];
  return E_OK;
}

static Err taken(Cx *cx, const Req *q, Res *res, Journey *j, Sentences *left) {
  Upload u;
  TRY(upload(cx, q, res, &u));
  return journey_cjml_take(cx, u.bytes, j, left);
}

static Err import(Cx *cx, const Req *q, Res *res) {
  Journey j;
  JourneyTaken t = { 0 };
  Shell s;
  View v;
  Err e = taken(cx, q, res, &j, &t.left);
  if (e) return portal_refused(cx, res, e) ? journeys_refused(cx, q, res) : e;
  if (!t.left.n) return res_redirect(cx, res, str_fmt(cx->arena, "/journeys/%lld/edit?done=saved", (long long)j.id));
  t.j = j;
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Taken in"), RAIL_JOURNEYS, &s, &v));
  view_journey_taken(&v, &s, &t);
  return E_OK;
}

/* ── walks of elsewhere ──────────────────────────────────────────────── */

static Err get(Cx *cx, const Req *q, Journey *ret) {
  int64_t id;
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such journey that you may see."));
  return journey_get(cx, id, ret);
}

static Err logs_draw(Cx *cx, const Req *q, Res *res, JourneyLogsPage *p) {
  Rows map;
  Shell s;
  View v;
  p->wrong = &res->wrong;
  p->done = res->wrong.n ? S("") : desk_done(cx, q, S(""));
  TRY(journey_may_change(cx, &p->j, &p->may));
  TRY(journey_logs(cx, p->j.id, &p->logs));
  TRY(touchpoint_list(cx, p->j.id, p->j.in_force, &map));
  p->fits = NEW_N(cx->arena, LogFit, p->logs.n + 1);
  for (size_t i = 0; i < p->logs.n && i < LOGS_SHOWN; i++) {
    JourneyLog log;
    Str xml;
    TRY(journey_log_get(cx, p->j.id, ROW(JourneyLog, p->logs, i)->id, &log, &xml));
    TRY(journey_log_fit(cx, &map, xml, &p->fits[i]));
    p->cjml |= journey_log_is_cjml(xml);
  }
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Walks from elsewhere"), RAIL_JOURNEYS, &s, &v));
  view_journey_logs(&v, &s, p);
  return E_OK;
}

static Err logs(Cx *cx, const Req *q, Res *res) {
  JourneyLogsPage p = { 0 };
  TRY(get(cx, q, &p.j));
  return logs_draw(cx, q, res, &p);
}

static Err log_in(Cx *cx, const Req *q, Res *res, const Journey *j) {
  Upload u;
  int64_t id;
  TRY(upload(cx, q, res, &u));
  return journey_log_put(cx, j, u.name, u.bytes, &id);
}

static Err log_new(Cx *cx, const Req *q, Res *res) {
  JourneyLogsPage p = { 0 };
  TRY(get(cx, q, &p.j));
  Err e = log_in(cx, q, res, &p.j);
  if (!e) return res_redirect(cx, res, str_fmt(cx->arena, "/journeys/%lld/logs?done=saved", (long long)p.j.id));
  return portal_refused(cx, res, e) ? logs_draw(cx, q, res, &p) : e;
}

static Err log_of(Cx *cx, const Req *q, Journey *j, JourneyLog *ret, Str *ret_xml) {
  int64_t id;
  TRY(get(cx, q, j));
  if (!req_param_int(q, "log", &id)) id = 0;
  return journey_log_get(cx, j->id, id, ret, ret_xml);
}

static Err log_get(Cx *cx, const Req *q, Res *res) {
  Journey j;
  JourneyLog log;
  Str xml;
  TRY(log_of(cx, q, &j, &log, &xml));
  return file(cx, res, j.name, journey_log_is_cjml(xml) ? ".cjml.xml" : ".xes", xml);
}

static Err log_read(Cx *cx, const Req *q, Res *res) {
  JourneyLogPage p = { 0 };
  Str xml;
  Shell s;
  View v;
  TRY(log_of(cx, q, &p.j, &p.log, &xml));
  TRY(touchpoint_list(cx, p.j.id, p.j.in_force, &p.map));
  TRY(journey_log_fit(cx, &p.map, xml, &p.fit));
  TRY(desk_begin(cx, q, res, p.log.name, RAIL_JOURNEYS, &s, &v));
  view_journey_log(&v, &s, &p);
  return E_OK;
}

static Err log_drop(Cx *cx, const Req *q, Res *res) {
  Journey j;
  int64_t id;
  TRY(get(cx, q, &j));
  if (!req_param_int(q, "log", &id)) id = 0;
  TRY(journey_log_drop(cx, &j, id));
  return res_redirect(cx, res, str_fmt(cx->arena, "/journeys/%lld/logs?done=dropped", (long long)j.id));
}

const Route journey_files_routes[] = {
  { .verb = POST, .path = "/journeys/import",               .run = import,           .may = MAY_LEAD,     .cost = COST_HEAVY, .about = "A map from a CJML file, and the walks in it" },
  { .verb = GET,  .path = "/journeys/{id}/cjml",            .run = journey_cjml_get, .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "The map as a CJML file" },
  { .verb = GET,  .path = "/journeys/{id}/xes",             .run = journey_xes_get,  .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "The walks as an XES file, without names" },
  { .verb = GET,  .path = "/journeys/{id}/walks/{n}/cjml",  .run = walk_get,         .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "One walk as a CJML file, without names" },
  { .verb = GET,  .path = "/journeys/{id}/logs",            .run = logs,             .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "Walks that were brought from elsewhere" },
  { .verb = POST, .path = "/journeys/{id}/logs",            .run = log_new,          .may = MAY_LEAD,     .cost = COST_HEAVY, .about = "Bring walks from elsewhere, as XES or CJML" },
  { .verb = GET,  .path = "/journeys/{id}/logs/{log}",      .run = log_get,          .may = MAY_PROVIDER, .about = "Walks of elsewhere, as the file they are" },
  { .verb = GET,  .path = "/journeys/{id}/logs/{log}/read", .run = log_read,         .may = MAY_PROVIDER, .cost = COST_HEAVY, .about = "Walks of elsewhere, step by step beside the map" },
  { .verb = POST, .path = "/journeys/{id}/logs/{log}/drop", .run = log_drop,         .may = MAY_LEAD,     .about = "Take walks of elsewhere away" },
  { 0 }
};
