/* measure/staffing.c: one line each. */
#include "measure/staffing.h"

StaffingBill staffing_bill(const StaffingTerms *t) {
  StaffingBill b = { .bill = t->pay * (1 + t->markup) };
  b.spend = b.bill * t->hours;
  b.fee = b.spend * t->fee;
  b.gross_saving = (t->baseline - b.bill) * t->hours;
  b.net_saving = b.gross_saving - b.fee;
  return b;
}
