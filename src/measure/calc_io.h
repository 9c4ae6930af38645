/* measure/calc_io.h: how the rows of calc read their arguments and write their answers. Only for calc*.c.
   Each reader refuses with a sentence (E_INVALID). Each writer adds one member to the object begun in b. */
#ifndef MEASURE_CALC_IO_H
#define MEASURE_CALC_IO_H
#include "base/cx.h"
#include "measure/calc.h"
#include "measure/proportion.h"

typedef struct { CalcEntry entry; size_t args; Err (*run)(Cx *, const Str *arg, Buf *b); } CalcRow;
typedef struct { const CalcRow *at; size_t n; } CalcRows;
extern const CalcRows calc_statistics, calc_experience, calc_customer, calc_trade;
#define CALC_STR(lit) { lit, sizeof(lit) - 1 }
#define CALC_ROW(name, args, n, run, about) { { CALC_STR(name), CALC_STR(args), CALC_STR(about) }, n, run }

typedef struct { double *at; size_t n, cap; } Numbers;

Err calc_whole(Cx *, const char *what, Str, int64_t *ret) CHECKED;           /* 0 … 10^12 */
Err calc_real(Cx *, const char *what, Str, double *ret) CHECKED;
Err calc_share(Cx *, Str k, Str n, Tally *ret) CHECKED;                      /* 0 <= k <= n, n >= 1 */
Err calc_numbers(Cx *, Str list, Numbers *ret) CHECKED;                      /* "12,14.5,11", at least one */
Err calc_numbers_n(Cx *, const char *what, Str list, size_t n, double *ret) CHECKED;     /* exactly n of them */
Err calc_instant(Cx *, const char *what, Str, int64_t *ret) CHECKED;
Err calc_seconds(Cx *, const char *what, Str, int64_t *ret) CHECKED;         /* into microseconds */

void calc_name(Buf *, const char *name);                 /* the member's name; its value follows */
void calc_number(Buf *, double);                         /* the shortest that reads back the same; null if not finite */
void calc_put(Buf *, const char *name, double);
void calc_put_text(Buf *, const char *name, Str);        /* plain words that need no escape */
void calc_put_bool(Buf *, const char *name, bool);
void calc_put_ci(Buf *, Interval);
void calc_put_tally(Buf *, Tally);                       /* value (null if n is 0), ci, k and n */
void calc_put_moment(Buf *, const char *name, int64_t at);
#endif
