/* measure/stock.h: how much to order and when (B28). Not here: whose stock it is, and the messages that carry it.
   Snyder and Shen, "Fundamentals of Supply Chain Theory" (2nd ed. 2019), chapters 3 and 4. */
#ifndef MEASURE_STOCK_H
#define MEASURE_STOCK_H
#include <stdbool.h>
#include <stdint.h>

/* Economic order quantity sqrt(2 K rate / h) and its cost a unit of time: K a fixed cost an order, h holding cost a unit and
   time, rate units a time; all > 0. */
double stock_eoq(double order_cost, double holding, double rate, double *ret_cost);

/* Newsvendor with normal demand: the level that balances a unit left over (cost h) against one missing (cost p). */
double stock_newsvendor(double h, double p, double mean, double sd, double *ret_cost);

/* Rules for one item at one place: times in days, demand a day, service the share of cycles without a stock-out. */
typedef struct { double mean, sd, lead, review, service, order_cost, unit_cost, holding_a_year; } StockRules;
typedef struct { double safety, reorder, quantity; int64_t s, S; } StockPolicy;      /* s and S in whole units, rounded up */

StockPolicy stock_policy(const StockRules *);
int64_t stock_order(const StockPolicy *, int64_t position);      /* what to order at this inventory position; 0: nothing */
int64_t stock_position(int64_t on_hand, int64_t on_order, int64_t back_orders);
#endif
