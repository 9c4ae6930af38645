/* desk/journey_log.h: walks that were brought from elsewhere, as XES traces (IEEE 1849) or as actual journeys of CJML; kept as they are, and held
   against the map. They are told apart from what was lived through with us, and counted in none of our figures.
   Not here: the map that came with them (journey_file.h). */
#ifndef DESK_JOURNEY_LOG_H
#define DESK_JOURNEY_LOG_H
#include "desk/journey_file.h"
#include "desk/journey_measures.h"

typedef struct { int64_t id, journey_id, walks, events, at, by_id; Str name, by; } JourneyLog;
Err journey_logs(Cx *, int64_t journey, Rows *ret) CHECKED;              /* rows of JourneyLog, newest first */
Err journey_log_get(Cx *, int64_t journey, int64_t id, JourneyLog *ret, Str *ret_xml) CHECKED;   /* E_ABSENT. xml: as it was, in our spelling */
bool journey_log_is_cjml(Str xml);                                       /* of what journey_log_get gave; else it is XES */
/* Of a CJML file its actual journeys are kept; a map in it is left. E_INVALID on "file", with the line, and nothing is kept; E_DENIED. */
Err journey_log_put(Cx *, const Journey *, Str name, Str bytes, int64_t *ret_id) CHECKED;
Err journey_log_keep(Cx *, const Journey *, Str name, const Xml *root, int64_t *ret_id) CHECKED;   /* the same of a tree that was checked; nothing of it is left */
Err journey_log_drop(Cx *, const Journey *, int64_t id) CHECKED;

/* The map and behind it every actual journey that was brought as CJML, in the order they came: what journey_cjml_take takes in again to the
   same bytes. */
Err journey_log_cjml(Cx *, const Journey *, const Rows *map, Str *ret) CHECKED;

/* ── beside the map (journey_log_read.c) ──
   A step is at the touchpoint of its id or name. kind: what it is beside this map; says: what the file itself says it was. rating, words,
   channel and at as the file has them: "" and 0 where it has none; when: a time that we cannot read, as it stands. ours: ratings go from 0 to 100. */
typedef enum { SAYS_NOTHING, SAYS_PLANNED, SAYS_ORDER, SAYS_FAILED, SAYS_AD_HOC, SAYS_MISSING } LogSays;
typedef struct { int64_t at; int place; StepKind kind; LogSays says; Str name, channel, when, rating, words; } LogStep;
typedef struct {
  Str mark;                        /* its name in the file */
  bool going;                      /* the file says that it goes on: what lies ahead is not missing */
  LogStep *steps; size_t n;        /* in the order of the file, without those that it only says are missing */
  const bool *missing;             /* of each touchpoint of the map */
  JourneyFit fit;
} LogWalk;
/* planned: steps as planned, of planned and unplanned ones; unknown: steps that are at no touchpoint; differ: steps of which the file says otherwise. */
typedef struct { LogWalk *at; size_t n; Figure planned; int64_t unknown, missing, differ; bool ours; } LogFit;
Err journey_log_fit(Cx *, const Rows *map, Str xml, LogFit *ret) CHECKED;
bool log_step_differs(const LogStep *);
#endif
