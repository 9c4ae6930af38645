/* desk/customer.h: a customer and the desk, as both see it on one page: how it felt, what each promised the other, the bars they
   set, what it was worth to them. A customer is an organisation, or a person for themselves.
   Not here: single promises of theirs (pledge.h), standing bars (bar.h), money (worth.h).
   Invariant: an organisation's page counts only requests of open teams, so that whoever is trusted with its requests and whoever
   leads the house see the same figures. Nothing on it compares persons. */
#ifndef DESK_CUSTOMER_H
#define DESK_CUSTOMER_H
#include "desk/party.h"
#include "measure/figure.h"

#define CUSTOMER_DAYS 90                 /* of the figures */
#define CUSTOMER_MONTHS 5                /* of the line of experience */

/* How the viewer stands to a customer. */
typedef struct {
  Party who;
  bool  person;                          /* a person for themselves, not an organisation */
  bool  theirs;                          /* the viewer speaks for them: is the person, or is trusted with the organisation's requests */
  bool  serves;                          /* the viewer is of the desk and sees requests of theirs */
  bool  whole;                           /* the viewer sees all that the customer sees: the page is the same word for word */
} Customer;
Err customer_get(Cx *, int64_t party, Customer *ret) CHECKED;            /* E_ABSENT also when neither side of it is the viewer's */
/* Whom the viewer may speak for: organisations they are trusted with, by name; rows of Party. */
Err customer_mine(Cx *, Rows *ret) CHECKED;

/* ── the page ── */
typedef struct { int64_t id, due_at, waiting_at; Str subject, state, by; } CustomerOpen;     /* a request: what is promised, or waited for */

typedef struct {
  int64_t from, to;
  Figure  sorted;                        /* of what they said in that month: yes, of all that said */
  double  mood;                          /* 0…100: where the line runs; NAN if nobody said anything */
  Str     words, subject;                /* one of them, in their own words; "" if nobody found any */
  int64_t request_id;
} CustomerMonth;

typedef struct {
  Customer c;
  int64_t from, to;                      /* of the figures */
  Rows    speakers;                      /* Party: who is trusted with their requests */
  int64_t ours, theirs;                  /* open requests by whose move it is */
  CustomerMonth months[CUSTOMER_MONTHS]; /* oldest first */
  Rows    promised, asked;               /* CustomerOpen: promises in force by hour; ours that wait for them, longest first; at most 8 */
  int64_t promised_n, asked_n;
  int64_t renegotiated;                  /* promises moved in time; kept, broken and silent are promise_kept's k, n - k and silent */
  Figure  promise_kept, sorted, bad, own_bar;      /* bad.n: how many of theirs were served in that time */
  bool    has_gap, has_drift;
  double  gap, drift;                    /* B11, microseconds: promised less asked (median); how the bars move in 30 days */
  int64_t bars;                          /* requests with a bar of their own */
} CustomerPage;
Err customer_page(Cx *, const Customer *, CustomerPage *ret) CHECKED;

/* ── the list ── */
typedef struct { int64_t id; Str name; int64_t ours, theirs; Figure sorted, kept, bad; } CustomerLine;
/* Organisations with requests the viewer may see, by name; figures over those alone. *ret_n lines in cx->arena. */
Err customer_list(Cx *, CustomerLine **ret, size_t *ret_n) CHECKED;
#endif
