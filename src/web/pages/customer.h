/* web/pages/customer.h: the page of a customer, drawn for both sides from the same values: /customers/{id} at the desk, /my/us in the shop. */
#ifndef WEB_PAGES_CUSTOMER_H
#define WEB_PAGES_CUSTOMER_H
#include "desk/bar.h"
#include "desk/pledge.h"
#include "desk/worth.h"
#include "text/view.h"
#include "web/number.h"
#include "web/req.h"

typedef struct {
  CustomerPage p;
  BarLine *bars; size_t bar_n;
  Pledges pledges;
  Worth   worth;
  Rows    services;                      /* Service: what a bar may be about */
  Rows    mine;                          /* Party: for whom the reader may speak; tabs in the shop */
  Rows    people;                        /* Party: who of them may promise; for a note at the desk */
  bool    shop;
  Str     place, action, home;           /* the desk's place; where forms go; "/requests/" or "/my/" for links to conversations */
  Str     name;                          /* the customer, as one says it */
  Str     done;
  const Pairs *wrong;
  const Req *typed;                      /* what was sent, after a refused try; NULL */
} Us;

/* Headings: of an organisation by its name, to a person as "you". */
typedef enum { US_FELT, US_FELT_LINE, US_PROMISED, US_THEIRS, US_WAITING, US_BARS, US_WORTH, US_TITLE } UsHead;
Str us_head(const View *, const Us *, UsHead);
Str us_typed(const Us *, const char *field);           /* "" unless refused */
Str us_bar_promise(const View *, const Bar *);         /* "We promised 30 minutes, later than asked." */
Str us_gap(const View *, const CustomerPage *);        /* "" where there are too few to tell */
Str us_drift(const View *, const CustomerPage *);
Str us_money(const View *, const LedgerLine *);        /* "6,200 EUR", "" for none */
Str us_mood(const Lang *, double mood);                /* "well", "mixed", "let down" */

/* The line of experience: a point for each month that has a word. x in per cent, y from 32 (well) to 104. */
typedef struct { double x, y; const CustomerMonth *m; } UsPoint;
size_t us_points(const CustomerPage *, UsPoint ret[CUSTOMER_MONTHS]);
Str us_path(Arena *, const UsPoint *, size_t n);       /* for d=, in a box of 1000 by 120 */

typedef struct { CustomerLine *at; size_t n; bool worth; } Customers;
#endif
