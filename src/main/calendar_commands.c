/* main/calendar_commands.c: see calendar_commands.h. */
#include "main/calendar_commands.h"
#include <stdio.h>
#include "base/clock.h"
#include "desk/holiday.h"
#include "desk/setting.h"
#include "text/caps.h"

static Str word(const Run *r, size_t i) { return i < r->words.n ? r->words.at[i] : S(""); }

/* One byte more than a calendar file may have is enough to refuse it. */
static Err read_file(Run *r, Str *ret) {
  Buf b = { .arena = r->arena };
  char part[65536];
  for (size_t n; b.n <= CAP_ICAL_BYTES && (n = fread(part, 1, sizeof part, stdin)) > 0;) buf_add(&b, (Str){ part, n });
  *ret = buf_str(&b);
  return ferror(stdin) ? fail(&r->cx, E_BUSY, "standard input broke off") : E_OK;
}

static void put_holiday(Buf *b, const Holiday *h) {
  static const char *const fates[] = { [HOLIDAY_NEW] = "closed", [HOLIDAY_KNOWN] = "was closed already", [HOLIDAY_OWN_HOURS] = "keeps its own hours" };
  int y, m, d, y2, m2, d2;
  clock_civil(h->first, &y, &m, &d);
  clock_civil(h->last, &y2, &m2, &d2);
  buf_fmt(b, "%04d-%02d-%02d", y, m, d);
  if (h->last > h->first) buf_fmt(b, "..%04d-%02d-%02d", y2, m2, d2);
  buf_fmt(b, "  %s", fates[h->fate]);
  if (h->name.n) buf_fmt(b, "  " STR_FMT, STR_ARG(h->name));
  buf_char(b, '\n');
}

static Err import(Run *r) {
  Str file;
  CalendarRow c;
  Holidays h;
  TRY(read_file(r, &file));
  TRY(calendar_by_name(&r->cx, word(r, 1), &c));
  TRY(holiday_read(&r->cx, &c, file, &h));
  for (size_t i = 0; i < h.n; i++) put_holiday(&r->out, &h.at[i]);
  buf_fmt(&r->out, "%zu new", h.fresh);
  if (h.past)  buf_fmt(&r->out, ", %zu past or too far ahead", h.past);
  if (h.timed) buf_fmt(&r->out, ", %zu left out because they have hours", h.timed);
  if (h.often) buf_fmt(&r->out, ", %zu left out because they come back more often than yearly", h.often);
  buf_add(&r->out, run_has(r, "try") ? S("; nothing was saved\n") : S("\n"));
  if (run_has(r, "try")) return E_OK;
  TRY(holiday_close(&r->cx, &c, &h, &c.rules));
  return calendar_put(&r->cx, &c);
}

static Err set(Run *r) {
  CalendarRow c;
  Err e = calendar_by_name(&r->cx, word(r, 1), &c);
  if (e == E_ABSENT) { c = (CalendarRow){ .name = word(r, 1) }; TRY(setting_get(&r->cx, S("place.zone"), &c.zone)); }
  else if (e) return e;
  if (run_has(r, "zone")) c.zone = run_option(r, "zone");
  if (run_has(r, "hours")) c.rules = run_option(r, "hours");
  TRY(calendar_put(&r->cx, &c));
  buf_fmt(&r->out, "calendar %lld\n", (long long)c.id);
  return E_OK;
}

static Err list(Run *r) {
  Rows rows;
  TRY(calendar_list(&r->cx, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const CalendarRow *c = ROW(CalendarRow, rows, i);
    buf_fmt(&r->out, STR_FMT " (" STR_FMT "): " STR_FMT "\n", STR_ARG(c->name), STR_ARG(c->zone), STR_ARG(c->rules));
  }
  fwrite(r->out.p, 1, r->out.n, stdout);
  return E_OK;
}

static Err in_tx(Run *r, Err (*run)(Run *)) {
  TRY(run_db(r, DB_WRITE));
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(&r->cx, &tx));
  TRY(run(r));
  TRY(tx_commit(&tx));
  fwrite(r->out.p, 1, r->out.n, stdout);
  return E_OK;
}

Err command_calendar(Run *r) {
  Str what = word(r, 0);
  if (str_eq(what, S("import")) && r->words.n == 2) return in_tx(r, import);
  if (str_eq(what, S("set")) && r->words.n == 2 && (run_has(r, "zone") || run_has(r, "hours"))) return in_tx(r, set);
  if (str_eq(what, S("list")) && r->words.n == 1) { TRY(run_db(r, DB_READ)); return list(r); }
  return run_forms(r);
}
