/* desk/demo_play.h: one request of the sample's past, played in memory, nothing of it written yet. */
#ifndef DESK_DEMO_PLAY_H
#define DESK_DEMO_PLAY_H
#include "desk/demo_place.h"
#include "desk/ledger.h"
#include "desk/verdict.h"

typedef struct { Str text, channel; LoopSide side; int64_t by, at; bool note; int act_seq; } DemoSaid;   /* channel "": the request's */
typedef struct { int64_t due, at, from, until, by; const char *state, *conditions; int version; } DemoPromised;   /* conditions: JSON */
typedef struct {
  Request r;                             /* .id given, .promise_id still to come */
  Loop loop;
  const DemoTopic *topic;
  int64_t number, at, verdict_at, asked_at, report_seq;
  Act acts[16];
  size_t act_n;
  DemoSaid said[16];
  size_t said_n;
  DemoPromised promised[6];
  size_t promised_n;
  Verdict verdicts[4];                   /* one for each report */
  size_t verdict_n;
  Str body;                              /* of the next act: JSON, or "" */
  bool not_yet, switched, hard;          /* switched: they went on by another channel; hard: one of the bad ones */
} DemoPlay;

/* demo_history.c: one act at y->at; the promise that goes with it, and its end; the row as it stands at the end; what the ticker then waits for. */
Err  demo_step(Cx *, DemoPlay *, LoopAct, LoopSide, int64_t by, int64_t due) CHECKED;
void demo_promised(DemoPlay *, int64_t due, int64_t by, bool offered);
void demo_promise_ends(DemoPlay *, const char *state);
void demo_make_good(Cx *, DemoPlace *, DemoPlay *, int64_t owner);     /* words after a bad end, mostly; before row_follow */
void demo_row_follow(Cx *, DemoPlay *);
Err  demo_expect(Cx *, const DemoPlay *) CHECKED;

/* demo_rows.c: all rows of those, table by table, in the caller's transaction. Sets their .r.promise_id. */
Err demo_rows_write(Cx *, DemoPlay *, size_t n) CHECKED;
#endif
