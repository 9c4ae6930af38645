/* desk/demo_play.h: one request of the sample's past, played in memory, nothing of it written yet. */
#ifndef DESK_DEMO_PLAY_H
#define DESK_DEMO_PLAY_H
#include "desk/demo_place.h"
#include "desk/ledger.h"
#include "desk/verdict.h"

typedef struct { Str text; LoopSide side; int64_t by, at; bool note; int act_seq; } DemoSaid;
typedef struct { int64_t due, at, from, until, by; const char *state; int version; } DemoPromised;
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
  bool not_yet;
} DemoPlay;

/* demo_rows.c: all rows of those, table by table, in the caller's transaction. Sets their .r.promise_id. */
Err demo_rows_write(Cx *, DemoPlay *, size_t n) CHECKED;
#endif
