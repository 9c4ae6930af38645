/* desk/journey_near.h: how near people feel those who served them at a touchpoint (B13, B14), from the cards that ask so: the picture of two
   circles and the ten lines, both 0 to 100 and each person once: the first answer they gave after they had first been there, within the
   period, about the team that had their request. Silent: who was asked about it after that, and let the time of the card pass.
   An answer is seen of teams whose figures the viewer may see (SIGHT_TEAM), and one to four of them are only counted: the conversations behind
   a touchpoint have names, and no name was to stand beside an answer. */
#ifndef DESK_JOURNEY_NEAR_H
#define DESK_JOURNEY_NEAR_H
#include "desk/journey_measures.h"

/* Sets near of every stage. One read, whatever the number of touchpoints. */
Err journey_near(Cx *, const Journey *, const Rows *map, const TraceFilter *, const Walks *, JourneyMeasures *) CHECKED;
#endif
