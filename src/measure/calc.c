/* measure/calc.c: finds the row and lets it answer. The rows: calc_statistics.c, calc_experience.c, calc_customer.c, calc_trade.c. */
#include "measure/calc.h"
#include "measure/calc_io.h"

static const CalcRows *const groups[] = { &calc_statistics, &calc_experience, &calc_customer, &calc_trade };

size_t calc_entries(Arena *a, const CalcEntry **ret) {
  size_t n = 0;
  for (size_t g = 0; g < COUNT(groups); g++) n += groups[g]->n;
  CalcEntry *list = NEW_N(a, CalcEntry, n), *to = list;
  for (size_t g = 0; g < COUNT(groups); g++) for (size_t i = 0; i < groups[g]->n; i++) *to++ = groups[g]->at[i].entry;
  *ret = list;
  return n;
}

static const CalcRow *find(Str name) {
  for (size_t g = 0; g < COUNT(groups); g++)
    for (size_t i = 0; i < groups[g]->n; i++)
      if (str_eq(groups[g]->at[i].entry.name, name)) return &groups[g]->at[i];
  return NULL;
}

Err calc_run(Cx *cx, size_t argc, const Str *argv, Str *ret_json) {
  Str name = argc ? argv[0] : S("");
  const CalcRow *row = find(name);
  if (!row) return fail(cx, E_MALFORMED, "there is no measure \"" STR_FMT "\"; \"cornerdesk calc\" lists them all.", STR_ARG(str_head(name, 60)));
  if (argc - 1 != row->args)
    return fail(cx, E_MALFORMED, "use it like this: cornerdesk calc " STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(row->entry.args));
  Buf b = { .arena = cx->arena };
  buf_char(&b, '{');
  TRY(row->run(cx, argv + 1, &b));
  buf_char(&b, '}');
  *ret_json = buf_str(&b);
  return E_OK;
}
