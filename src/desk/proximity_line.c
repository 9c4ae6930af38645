/* desk/proximity_line.c: nearness over time. Its two rows stand beside the table of measures and not in it, for they are of cards and
   not of requests. */
#include <math.h>
#include "desk/card.h"
#include "desk/proximity.h"
#include "desk/score.h"

#define AS_AN_INDEX .kind = FIGURE_INDEX, .eyes = EYES_CUSTOMER, .day = DAY_NOW, .yes = "", .no = ""
static const struct { const char *instrument; Measure m; } lines[] = {
  [NEARNESS_LINES] = { "proximity", { .name = "proximity", AS_AN_INDEX, .label = N_("Nearness by ten lines, 0 to 100"), .question = N_("How near do we feel to them, wherever they are?"),
                                      .formula = N_("(Mean of the lines − 1) / 6 × 100, of cards with eight lines or more."), .source = "Wilson, O’Leary, Metiu and Jett 2008" } },
  [NEARNESS_PICTURE] = { "near", { .name = "near", AS_AN_INDEX, .label = N_("Nearness by the picture, 0 to 100"), .question = N_("How near are the two circles that they choose?"),
                                   .formula = N_("(Picture − 1) / 6 × 100."), .source = "Aron, Aron and Smollan 1992" } },
};

Str gap_name(Gap g) {
  static const char *const names[] = { "too-few", "none", "near-better", "far-better" };
  return str_z(names[g]);
}

/* Few answers of one organisation: how many there are, and nothing of what they say. */
static void only_count(Figure *f) {
  if (f->show != SHOW_LIST) return;
  f->value = NAN;
  f->ci = f->bounds = (Interval){ 0, 100 };
}

Err proximity_line(Cx *cx, const ProximityScope *of, Nearness which, PeriodUnit u, Control *ret) {
  const int64_t *edges = period_until(cx, u, cx->now - CARD_LIFE, CONTROL_POINTS);
  Figure all, *points = NEW_N(cx->arena, Figure, CONTROL_POINTS);
  ScoreScope scope = { .team = of->team, .organisation = of->organisation };
  TRY(score_points(cx, instrument_named(str_z(lines[which].instrument)), &scope, edges, CONTROL_POINTS, points, &all));
  for (size_t i = 0; i < CONTROL_POINTS && of->organisation; i++) only_count(&points[i]);
  control_read(cx, &lines[which].m, u, points, CONTROL_POINTS, &all, ret);
  return E_OK;
}
