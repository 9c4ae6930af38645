/* web/scope.c: see scope.h. */
#include "web/scope.h"
#include "desk/party.h"

static Err group(Cx *cx, const Req *q, const char *field, const char *kind, int64_t *ret) {
  Str s = str_trim(req_get(q, field));
  Party p;
  *ret = 0;
  if (!s.n || str_int(s, ret)) return E_OK;
  Err e = E_ABSENT;
  if (str_eq(str_z(kind), S("team"))) e = team_by_name(cx, s, &p);
  else {
    Rows rows;
    TRY(party_list(cx, &(PartyFilter){ .kind = S("organisation"), .q = s }, &rows));
    for (size_t i = 0; i < rows.n && e; i++) if (str_ieq(ROW(Party, rows, i)->name, s)) { p = *ROW(Party, rows, i); e = E_OK; }
  }
  *ret = e ? -1 : p.id;
  return e == E_ABSENT ? E_OK : e;
}

Err scope_read(Cx *cx, const Req *q, FigureScope *ret) {
  Period p;
  Str mine = req_get(q, "mine");
  *ret = (FigureScope){ 0 };
  TRY(period_read(cx, req_get(q, "period"), req_get(q, "from"), req_get(q, "to"), &p));
  if (mine.n && !str_eq(mine, S("true")) && !str_eq(mine, S("false"))) return fail_field(cx, "mine", N_("Say true or false."));
  ret->from = p.from;
  ret->to = p.to;
  ret->mine = str_eq(mine, S("true"));
  TRY(group(cx, q, "team", "team", &ret->team));
  TRY(group(cx, q, "organisation", "organisation", &ret->organisation));
  if (ret->mine && (ret->team || ret->organisation)) return fail_field(cx, "mine", N_("Either your own, or a team’s, or an organisation’s."));
  return E_OK;
}

Err scope_measure(Cx *cx, const Req *q, const Measure **ret) {
  *ret = measure_find(req_param(q, "name"));
  return *ret ? E_OK : fail(cx, E_ABSENT, N_("There is no such measure."));
}

Err scope_unit(Cx *cx, const Req *q, const char *field, PeriodUnit or, PeriodUnit *ret) {
  Str word = req_get(q, field);
  *ret = or;
  return !word.n || period_unit_of(word, ret) ? E_OK : fail_field(cx, field, N_("Points are of a day, a week or a month."));
}
