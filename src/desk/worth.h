/* desk/worth.h: money and worth by customer: what came in, what it cost, and what the customer says they gained (B29).
   Not here: minutes and what a minute costs (work.h).
   Invariant: a value line counts only once the customer confirmed it; the map is for who leads the house. */
#ifndef DESK_WORTH_H
#define DESK_WORTH_H
#include "desk/customer.h"
#include "desk/request.h"

/* kind: revenue goods cost value. amount: hundredths of currency. period: "2026-05". value_kind: profit process position. */
typedef struct { int64_t id, party_id, amount, request_id, proposed_by, proposed_at, confirmed_by, confirmed_at, refused_at; Str kind, currency, period, words, value_kind, proposer, confirmer; } LedgerLine;

/* ── what it was worth to them: on the page both see ── */
typedef struct { Rows confirmed, waiting; int64_t confirmed_n, waiting_n; } Worth;        /* LedgerLine, newest first, 12 at most of each */
Err worth_list(Cx *, const Customer *, Worth *ret) CHECKED;           /* lines of a request only if the viewer may see it */
Err worth_at(Cx *, int64_t request_id, Rows *ret) CHECKED;            /* of one request the viewer may see: waiting ones */
/* words; amount may be 0 (not everything is money); value_kind; request_id or 0. From the customer's side it is confirmed at once; from
   the desk's, and of no request, whoever speaks for them is asked by mail (worth_letter.h). */
Err worth_propose(Cx *, const Customer *, const LedgerLine *, int64_t *ret_id) CHECKED;
/* Asked in a conversation, by the side that serves: the line, for the asker's organisation (in a closed team: for the asker alone), and `say`, which
   goes to the asker with a link to where they can answer. */
Err worth_ask(Cx *, Request *, const LedgerLine *, Str say, int64_t *ret_id) CHECKED;
Err worth_answer(Cx *, int64_t id, bool yes) CHECKED;                 /* by the customer: their speaker, or who asked that request. E_DENIED */
/* For worth_letter.c, which has looked who it is: a value line, answered or not; and the answer. E_ABSENT; E_CONFLICT: answered before. */
Err worth_line(Cx *, int64_t id, LedgerLine *ret) CHECKED;
Err worth_settle(Cx *, int64_t id, bool yes) CHECKED;

/* ── the house's books: for who leads the house ── */
Err ledger_add(Cx *, const LedgerLine *, int64_t *ret_id) CHECKED;    /* revenue, goods, cost. E_INVALID */
Err ledger_drop(Cx *, int64_t id) CHECKED;                            /* a line that was a mistake; never a value line */
Err ledger_books(Cx *, int64_t party, Rows *ret) CHECKED;             /* LedgerLine, revenue, goods and cost, newest first, 60 at most */
Err ledger_of(Cx *, int64_t person, Rows *ret) CHECKED;               /* value lines a person proposed or confirmed; for their export */

typedef enum { MAP_PEAK, MAP_DRAIN, MAP_DESERT } MapSegment;
typedef struct {
  int64_t id; Str name;
  double revenue, goods, direct, minutes, serving, profit, margin;   /* whole units; serving: minutes at what they cost; margin of revenue */
  double value; int64_t value_lines;                                 /* what they confirmed they gained */
  MapSegment segment;
} MapLine;
typedef struct { Str team; double cost, minutes, used, unused; bool rated; } MapTeam;      /* over the whole time; unused: what capacity nobody used cost */
typedef struct {
  MapLine *at; size_t n;                 /* by revenue, largest first: organisations, never persons */
  MapTeam *teams; size_t team_n;         /* open teams */
  double large, gainful;                 /* thresholds: revenue in that time, margin */
  Str currency, from, to;                /* months, both included */
  int64_t months, written, requests;     /* requests with minutes written down, of all */
  size_t foreign;                        /* lines in another currency, left out */
} ProfitMap;
/* The last so many months with this one. E_DENIED unless the viewer leads or administers the house. */
Err worth_map(Cx *, int64_t months, ProfitMap *ret) CHECKED;
Err worth_may_map(Cx *, bool *ret) CHECKED;

typedef struct { Str currency; int64_t large, gainful; } WorthRules;  /* large: whole units a year; gainful: of 100 that come in */
Err worth_rules(Cx *, WorthRules *ret) CHECKED;
Err worth_rules_set(Cx *, const WorthRules *) CHECKED;
#endif
