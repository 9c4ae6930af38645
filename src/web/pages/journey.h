/* web/pages/journey.h: what the pages of a journey are drawn from (ui/views/journey*.html): the list, the map, the people behind it,
   one walk, and the forms that change the map. */
#ifndef WEB_PAGES_JOURNEY_H
#define WEB_PAGES_JOURNEY_H
#include "desk/journey_measures.h"
#include "desk/party.h"
#include "text/view.h"
#include "web/pages/desk_page.h"
#include "web/parts.h"

/* ── the list ── */
typedef struct { Rows rows, closed; JourneyNew in; bool may; Str done; const Pairs *wrong; } JourneyListPage;

/* ── a thin line of how it felt ── */
typedef struct { double x, y, word_y; Str words; bool shown, hot; } FeelPoint;   /* x: per cent of the width; y: of 120; words stand over it, or below where it went badly */
typedef struct { FeelPoint *at; size_t n; Str path, said; } FeelLine;              /* path: in a box of 1000 by 120; said: all of it as a sentence, "" if there is no point */
Str feel_words(const Lang *, double rating);                 /* "very good" … "bad": the scale of the answers, nothing guessed */
FeelLine feel_line(Arena *, FeelPoint *, size_t n);          /* sets path */
#define FEEL_Y(rating) ((rating) < 17 ? 111 : 108 - ((rating) - 20) * 1.1)    /* the middle of the scale at 75 */

/* ── the map ── */
typedef struct {
  Journey j;
  JourneyVersion version;                  /* the one that is looked at; number 0: the map in work */
  Rows map, organisations;
  Walks w;
  JourneyMeasures m;
  FeelLine feel;
  TraceFilter f;
  int64_t days;                            /* of the filter */
  Str organisation, carry;                 /* its name; the query that keeps filter and version: "?days=30&org=4" or "" */
  bool may;
  Str done, undo;                          /* undo: where a POST takes back what was just done */
  const Pairs *wrong;
} JourneyPage;
/* {id} of the path, version and filter of the query; the walks and what follows from them. */
Err journey_load(Cx *, const Req *, JourneyPage *ret) CHECKED;
Err journey_cjml_get(Cx *, const Req *, Res *) CHECKED;      /* handlers of pages and of the API (journey_files.c) */
Err journey_xes_get(Cx *, const Req *, Res *) CHECKED;
Str journey_href(Arena *, const JourneyPage *, const char *under);       /* "/journeys/7/behind?days=30"; under may have a query of its own */

const char *journey_icon(Str channel);                       /* of what it says: mail phone globe … */
Str journey_phase(const Lang *, Str phase);
Str journey_lane(const Lang *, Str lane);
Str journey_act(const Lang *, Str act);                      /* "they asked", "it was reported done" … */
Str journey_channel(const Lang *, Str channel);              /* of a request */
Str journey_whose(const View *, const Journey *);            /* whose walks these are, in words */
Str journey_period(const Lang *, int64_t days);
/* "asked “Anything IT” as well", and its kind "not on the map" */
Str went_words(Arena *, const Lang *, const JourneyPage *, const Deviation *);
Str went_kind(const Lang *, Went);
Str went_query(Arena *, const JourneyPage *, const Deviation *);         /* of /read */
bool stage_knows(const Touchpoint *);                        /* there is a rule by which visits are known */
Str stage_rule(const View *, const Touchpoint *);            /* that rule in words */

/* ── what lies behind a number ── */
typedef struct { const Walk *w; const Step *s; } ReadRow;    /* s NULL: the walk in which something is missing */
typedef struct { JourneyPage p; Str title, about; ReadRow *rows; size_t n; const Stage *stage; } JourneyReadPage;   /* stage: the touchpoint, where everybody who was there is read */

/* ── one walk ── */
typedef struct { JourneyPage p; const Walk *w; FeelLine feel; Str who; double *ratings; size_t rating_n; Remembered remembered; } JourneyWalkPage;
Str step_words(const Lang *, const Step *);     /* "as planned", "came back to it" … */

/* ── the map in work ── */
typedef struct { Journey j; Rows map, removed, versions, organisations, services, teams; bool may; JourneyNew in; Str note, done, undo; const Pairs *wrong; } JourneyEditPage;
typedef struct { Journey j; Touchpoint t; Rows services; Str done; const Pairs *wrong; } TouchpointPage;
typedef struct { Journey j; Rows versions; bool may; Str done; } JourneyVersionsPage;
#endif
