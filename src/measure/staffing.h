/* measure/staffing.h: what a worker from a supplier costs, and what the programme saves (B27).
   Not here: money to be paid (that is rounded to cents where it is booked). Amounts in one currency. */
#ifndef MEASURE_STAFFING_H
#define MEASURE_STAFFING_H

typedef struct { double pay, markup, hours, fee, baseline; } StaffingTerms;   /* pay, baseline: an hour; markup, fee: shares */
typedef struct { double bill, spend, fee, gross_saving, net_saving; } StaffingBill;

/* bill = pay (1 + markup); fee = share of spend; savings against the baseline bill rate, whose source must be shown. */
StaffingBill staffing_bill(const StaffingTerms *);
#endif
