/* measure/cost.h: what serving a customer costs, and what they say it is worth to them (B29).
   Time-driven activity-based costing: Kaplan and Anderson 2004; about 70 % accuracy is enough (Byrnes). Amounts in one
   currency; money that is booked is rounded where it is booked. */
#ifndef MEASURE_COST_H
#define MEASURE_COST_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Cost of a minute: what a team costs / the minutes it can really work (about 80 % of those paid). False: no minutes. */
bool cost_rate(double cost, double practical_minutes, double *ret);
double cost_unused(double practical_minutes, double used_minutes, double rate);     /* shown, never spread over customers */

typedef struct { int64_t times; double minutes; } CostLine;      /* an activity: how often, minutes each */
double cost_minutes(const CostLine *, size_t n);

typedef struct { double cost_to_serve, profit, margin; } CostResult;      /* margin: share of revenue, 0 if there is no revenue */
CostResult cost_customer(double revenue, double goods, double minutes, double rate);

/* The profit map: large and gainful peaks, large and losing drains, small deserts. Byrnes and Wass 2021.
   large: revenue from here on; gainful: margin from here on. Both are the house's to set. */
typedef enum { PROFIT_PEAK, PROFIT_DRAIN, PROFIT_DESERT } ProfitSegment;
ProfitSegment cost_segment(double revenue, double margin, double large, double gainful);

/* What the customer says they gained: only lines they confirmed count. */
typedef enum { VALUE_PROFIT, VALUE_PROCESS, VALUE_POSITION } ValueKind;
typedef struct { ValueKind kind; double amount; bool confirmed; } ValueLine;
double cost_value(const ValueLine *, size_t n);
#endif
