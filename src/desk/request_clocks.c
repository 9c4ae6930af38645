/* desk/request_clocks.c: acts turned into turns; the arithmetic is measure/clocks.c. */
#include "desk/request_clocks.h"
#include "desk/service.h"

Err request_calendar(Cx *cx, const Request *r, const Calendar **ret) {
  *ret = NULL;
  if (!r->service_id) return E_OK;
  Service s;
  CalendarRow row;
  TRY(service_get(cx, r->service_id, &s));
  if (!s.calendar_id) return E_OK;
  TRY(calendar_row(cx, s.calendar_id, &row));
  return calendar_parse(cx, row.zone, row.rules, ret);
}

Clocks request_clocks(const Cx *cx, const Request *r, const Calendar *hours, const Rows *acts, Turns *ret_turns) {
  VEC(ClocksTurn) turns = { 0 };
  vec_add(cx->arena, &turns, (ClocksTurn){ r->since_at, CLOCKS_PROVIDER });
  for (size_t i = 0; i < acts->n; i++) {
    const Act *a = ROW(Act, *acts, i);
    if (!a->ball.n) continue;                            /* an end, or a lapse: the time after it is nobody's */
    vec_add(cx->arena, &turns, (ClocksTurn){ a->at, str_eq(a->ball, S("customer")) ? CLOCKS_CUSTOMER : CLOCKS_PROVIDER });
  }
  *ret_turns = (Turns){ turns.at, turns.n };
  return clocks_read(hours, turns.at, turns.n, r->ended_at ? r->ended_at : cx->now);
}

typedef VEC(ClockPart) Parts;

static void part(Arena *a, Parts *ps, int64_t from, int64_t to, ClockKind kind) {
  if (to <= from) return;
  if (ps->n && ps->at[ps->n - 1].kind == kind && ps->at[ps->n - 1].to == from) ps->at[ps->n - 1].to = to;
  else vec_add(a, ps, (ClockPart){ from, to, kind });
}

static void ours(Arena *a, const Calendar *c, int64_t from, int64_t end, size_t most, Parts *ps) {
  while (c && from < end && ps->n < most) {
    int64_t open = end;
    if (!calendar_next_open(c, from, &open) || open > end) open = end;
    part(a, ps, from, open, CLOCK_CLOSED);
    if (open == end) return;
    from = calendar_open_until(c, open, end);
    part(a, ps, open, from, CLOCK_OPEN);
  }
  part(a, ps, from, end, CLOCK_OPEN);
}

static Parts walk(Arena *a, const Calendar *c, const ClocksTurn *turns, size_t n, int64_t end, size_t most) {
  Parts ps = { 0 };
  int64_t at = n ? turns[0].at : end;
  for (size_t i = 0; i < n; i++) {
    int64_t next = i + 1 < n ? turns[i + 1].at : end;
    next = next < at ? at : next > end ? end : next;
    if (turns[i].ball == CLOCKS_PROVIDER) ours(a, c, at, next, most, &ps);
    else part(a, &ps, at, next, turns[i].ball == CLOCKS_CUSTOMER ? CLOCK_THEIRS : CLOCK_SUPPLIER);
    at = next;
  }
  return ps;
}

ClockParts request_clock_parts(const Cx *cx, const Request *r, const Calendar *hours, Turns turns, size_t most) {
  int64_t end = r->ended_at ? r->ended_at : cx->now;
  Parts ps = walk(cx->arena, hours, turns.at, turns.n, end, most);
  if (ps.n >= most) ps = walk(cx->arena, NULL, turns.at, turns.n, end, SIZE_MAX);
  return (ClockParts){ ps.at, ps.n };
}
