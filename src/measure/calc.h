/* measure/calc.h: every measure by name, for the command line: words in, one JSON object out. The same functions as
   the pages use; nothing is computed here. */
#ifndef MEASURE_CALC_H
#define MEASURE_CALC_H
#include "base/cx.h"

typedef struct { Str name, args, about; } CalcEntry;      /* "wilson", "K N", one line */

/* In the order to list them in. The table lives for ever. */
size_t calc_entries(Arena *, const CalcEntry **ret);

/* argv[0] is the name. ret_json: one object, without a line end, in the arena of cx. E_MALFORMED: no such name or not
   so many arguments (wrong usage; cx->why tells the right one). E_INVALID: an argument that makes no sense. Shares are in
   [0, 1], times of arguments and answers RFC 3339 and seconds. */
Err calc_run(Cx *, size_t argc, const Str *argv, Str *ret_json) CHECKED;
#endif
