/* desk/demo_text.h: what the people of the sample organisation ask and answer. Made up; no real person is meant. */
#ifndef DESK_DEMO_TEXT_H
#define DESK_DEMO_TEXT_H
#include "base/base.h"

/* One kind of need: the words that are said at each turn, in the asker's language. {} in a text is a number of no weight. */
typedef struct {
  int service;                  /* 0 IT, 1 HR, 2 facilities, 3 finance */
  const char *lang, *subject, *text, *question, *answer, *promise, *report, *not_yet, *again;
} DemoTopic;
extern const DemoTopic demo_topics[];
extern const size_t demo_topic_count;

typedef struct { const char *name, *say, *title, *lang, *zone; int house; } DemoPerson;   /* house: 0 ours, 1 and 2 customers, 3 supplier */
extern const DemoPerson demo_askers[];
extern const size_t demo_asker_count;
typedef struct { const char *name, *mail, *title, *say, *zone; int team; bool leads; } DemoServer;   /* team: 0 desk, 1 HR, 2 facilities, 3 finance, 4 labels */
extern const DemoServer demo_servers[];
extern const size_t demo_server_count;

extern const char *const demo_first_names[], *const demo_last_names[];    /* for the thousands without a story */
extern const size_t demo_first_count, demo_last_count;

/* Words of a verdict, good and bad; moments worth remembering; what we say after a bad one. */
extern const char *const demo_praise[], *const demo_blame[], *const demo_moments[], *const demo_bad_moments[], *const demo_sorry[];
extern const size_t demo_praise_count, demo_blame_count, demo_moment_count, demo_bad_moment_count, demo_sorry_count;

/* Stories of today, told turn by turn. who: 'c' the asker, 'p' the owner, 'n' a note of the owner's team, 'o' another of the team.
   at: minutes before now. act: an act's name, "say", "ask", "note", "snooze", or "claim" after a bad moment. due: minutes from now.
   satisfaction, repeated: of a verdict, as in ActNew; 0: not said. */
typedef struct { char who; int at; const char *act, *text; int due; const char *conditions; int satisfaction, repeated; } DemoTurn;
typedef struct { const char *asker, *subject, *lang; int service; const char *owner; int since; DemoTurn turns[12]; } DemoStory;
extern const DemoStory demo_stories[];
extern const size_t demo_story_count;

typedef struct { const char *about, *kind, *words, *source; int age_days; const char *by; } DemoNote;
extern const DemoNote demo_notes[];
extern const size_t demo_note_count;
#endif
