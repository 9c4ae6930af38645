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

Err request_clocks(Cx *cx, const Request *r, const Rows *acts, Clocks *ret, const ClocksTurn **ret_turns, size_t *ret_n) {
  const Calendar *hours;
  TRY(request_calendar(cx, r, &hours));
  VEC(ClocksTurn) turns = { 0 };
  vec_add(cx->arena, &turns, (ClocksTurn){ r->since_at, CLOCKS_PROVIDER });
  for (size_t i = 0; i < acts->n; i++) {
    const Act *a = ROW(Act, *acts, i);
    if (!a->ball.n) continue;                            /* an end, or a lapse: the time after it is nobody's */
    vec_add(cx->arena, &turns, (ClocksTurn){ a->at, str_eq(a->ball, S("customer")) ? CLOCKS_CUSTOMER : CLOCKS_PROVIDER });
  }
  *ret = clocks_read(hours, turns.at, turns.n, r->ended_at ? r->ended_at : cx->now);
  if (ret_turns) *ret_turns = turns.at;
  if (ret_n) *ret_n = turns.n;
  return E_OK;
}
