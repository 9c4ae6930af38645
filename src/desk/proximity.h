/* desk/proximity.h: how near those who serve are: the ten elements as people say them on the cards, and beside each what the
   loop itself shows of it (B13); far against near; whether it feels the same on every channel, and whether what was said is
   carried along from one to another (B15). By relationship: a team, an organisation, or both together.
   Far: the person's clock is three hours or more away from that of the team's opening hours (its calendar's zone; else the
   service's, else the place's). People without a known zone are counted apart and in neither.
   What the loop shows is read from the newest PROXIMITY_SAMPLE requests of the period. Not here: the arithmetic (measure). */
#ifndef DESK_PROXIMITY_H
#define DESK_PROXIMITY_H
#include "desk/control.h"
#include "desk/instrument.h"
#include "measure/parity.h"
#include "measure/proximity.h"

#define PROXIMITY_SAMPLE 1000
#define PROXIMITY_FAR (3 * HOUR)

typedef struct { int64_t from, to, team, organisation; } ProximityScope;       /* 0: all the viewer may see */

enum { DISTANCE_ALL, DISTANCE_NEAR, DISTANCE_FAR, DISTANCES };
typedef enum { GAP_TOO_FEW, GAP_NONE, GAP_NEAR_BETTER, GAP_FAR_BETTER } Gap;   /* none: what is seen could be chance */

typedef struct {
  const char *name, *words;            /* of the item: "They feel close by, wherever they are." */
  const char *seen_label;              /* what the loop shows of it */
  Figure said[DISTANCES], seen[DISTANCES];
  Gap    said_gap, seen_gap;
} ProximityElement;

enum { CHANNELS_MOST = 8 };
typedef struct {
  ProximityElement at[PROXIMITY_ITEMS];
  Figure  index[DISTANCES], picture[DISTANCES];
  Gap     index_gap, picture_gap;
  double  alpha; int64_t alpha_n;      /* alpha_n 0: fewer than PROXIMITY_ALPHA_LEAST answered every line */
  int64_t requests, unknown;           /* looked at; of which nobody knows where the person is */
  bool    sampled;                     /* there were more */
  Str     channels[CHANNELS_MOST]; Figure good[CHANNELS_MOST]; size_t channel_n;   /* good verdicts: sorted at once, and no bad moment */
  bool    compared; Parity parity;     /* indices into channels; false: too few verdicts on two channels */
  Figure  carried;                     /* hand-offs between channels after which nothing had to be said again */
} Proximity;
Err proximity_get(Cx *, const ProximityScope *, Proximity *ret) CHECKED;

Str gap_name(Gap);                       /* "too-few", "none", "near-better", "far-better" */

/* How near over time: of the ten lines, or of the picture; a card counts where it was asked. Only stretches whose cards all have
   had their time (CARD_LIFE) are drawn, for an answer may still come to the others. Of an organisation a point with fewer than five
   answers is only counted and has no value. scope's from and to are not looked at. */
typedef enum { NEARNESS_LINES, NEARNESS_PICTURE } Nearness;
Err proximity_line(Cx *, const ProximityScope *, Nearness, PeriodUnit, Control *ret) CHECKED;

/* Organisations that asked something of the teams the viewer may see, for a choice. rows of Named, by name. */
typedef struct { int64_t id; Str name; } Named;
Err proximity_organisations(Cx *, Rows *ret) CHECKED;

/* How far-away people's figure compares with that of those near: by the hybrid of both intervals (Newcombe 1998; Zou and Donner
   2008), five answers each at least. less: less is better. */
Gap proximity_compare(const Figure *near, const Figure *far, bool less);
#endif
