/* desk/series.c: adding up days. */
#include "desk/series.h"
#include "base/vec.h"
#include "measure/moment.h"
#include "store/fill.h"

void sum_add(Arena *a, Sum *s, const Fact *f) {
  Told seen = s->m->see(f);
  s->silent += seen.silent;
  if (!seen.counts) return;
  if (s->n < SUM_FEW) s->few[s->n] = *f;
  s->n++;
  s->k += seen.hit;
  if (s->m->kind != FIGURE_TIME) return;
  if (!s->spread) s->spread = NEW(a, Spread);
  spread_put(s->spread, seen.us, 1);
}

Err series_stale(Cx *cx, int64_t at) {
  if (!at) return E_OK;
  return db_run(cx, SQL("INSERT INTO series_day(day, rolled) VALUES (?1, 0) ON CONFLICT (day) DO UPDATE SET rolled = 0 WHERE series_day.rolled = 1"), V(at / DAY));
}

static Err served_in(Cx *cx, Str place, int64_t id, const Fact *f) {
  int64_t last = f->since_at;
  if (f->heard_at > last) last = f->heard_at;
  if (f->ended_at > last) last = f->ended_at;
  return db_run(cx,
    SQL("INSERT INTO active(place, place_id, asker_id, last_at, bad_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (place, place_id, asker_id) DO UPDATE SET"
        " last_at = CASE WHEN excluded.last_at > active.last_at THEN excluded.last_at ELSE active.last_at END,"
        " bad_at = CASE WHEN excluded.bad_at > active.bad_at THEN excluded.bad_at ELSE active.bad_at END"
        " WHERE excluded.last_at > active.last_at OR excluded.bad_at > active.bad_at"),
    V(place), V(id), V(f->asker_id), V(last), V(f->bad_at));
}

Err series_served(Cx *cx, const Fact *f) {
  int64_t closed;
  TRY(served_in(cx, S("team"), f->team_id, f));
  TRY(db_int(cx, &closed, SQL("SELECT closed FROM party WHERE id = ?1"), V(f->team_id)));
  if (closed) return E_OK;
  TRY(served_in(cx, S(SERIES_HOUSE), 0, f));
  return f->organisation_id ? served_in(cx, S("organisation"), f->organisation_id, f) : E_OK;
}

#define LAST_AT "CASE WHEN f.ended_at > f.since_at AND f.ended_at > f.heard_at THEN f.ended_at WHEN f.heard_at > f.since_at THEN f.heard_at ELSE f.since_at END"

/* Of organisations and of the house, without what closed teams did. */
static Err served_beyond_teams(Cx *cx) {
  TRY(db_run_(cx, NULL, SQL("DELETE FROM active WHERE place <> 'team'"), NULL, 0));
  TRY(db_run_(cx, NULL, SQL("INSERT INTO active(place, place_id, asker_id, last_at, bad_at) SELECT '" SERIES_HOUSE "', 0, x.asker_id, MAX(x.last_at), MAX(x.bad_at)"
                            " FROM active x WHERE x.place = 'team' AND x.place_id NOT IN (SELECT id FROM party WHERE closed = 1) GROUP BY x.asker_id"), NULL, 0));
  return db_run_(cx, NULL, SQL("INSERT INTO active(place, place_id, asker_id, last_at, bad_at) SELECT 'organisation', f.organisation_id, f.asker_id, MAX(" LAST_AT "),"
                               " MAX(f.bad_at) FROM fact f WHERE f.organisation_id > 0 AND f.team_id NOT IN (SELECT id FROM party WHERE closed = 1)"
                               " GROUP BY f.organisation_id, f.asker_id"), NULL, 0);
}

Err series_anew(Cx *cx) {
  TRY(db_run_(cx, NULL, SQL("DELETE FROM series"), NULL, 0));
  TRY(db_run_(cx, NULL, SQL("DELETE FROM series_hour"), NULL, 0));
  TRY(db_run_(cx, NULL, SQL("DELETE FROM series_day"), NULL, 0));
  TRY(db_run(cx, SQL("INSERT INTO series_day(day, rolled) SELECT x.day, 0 FROM (SELECT heard_at / ?1 AS day FROM fact WHERE heard_at > 0"
                     " UNION SELECT verdict_at / ?1 FROM fact WHERE verdict_at > 0 UNION SELECT ended_at / ?1 FROM fact WHERE ended_at > 0 UNION SELECT since_at / ?1 FROM fact UNION SELECT at / ?1 FROM moment) x"), V(DAY)));
  TRY(db_run_(cx, NULL, SQL("DELETE FROM active WHERE place = 'team'"), NULL, 0));
  TRY(db_run_(cx, NULL, SQL("INSERT INTO active(place, place_id, asker_id, last_at, bad_at) SELECT 'team', f.team_id, f.asker_id, MAX(" LAST_AT "), MAX(f.bad_at)"
                            " FROM fact f GROUP BY f.team_id, f.asker_id"), NULL, 0));
  return served_beyond_teams(cx);
}

Err series_team(Cx *cx, int64_t team) {
  TRY(series_hold(cx));
  TRY(db_run(cx, SQL("UPDATE series_day SET rolled = 0 WHERE day IN (SELECT day FROM series WHERE place = 'team' AND place_id = ?1)"), V(team)));
  return served_beyond_teams(cx);
}

/* "> 0" in so many words: only then the index serves, which leaves out those without. And last: SQLite begins at the first bound it reads. */
void series_dated(Query *q, MeasureDay kind, int64_t from, int64_t to) {
  static const struct { Sql from, to, any; } columns[] = {
    [DAY_HEARD] = { { " AND f.heard_at >= " }, { " AND f.heard_at < " }, { " AND f.heard_at > 0" } },
    [DAY_VERDICT] = { { " AND f.verdict_at >= " }, { " AND f.verdict_at < " }, { " AND f.verdict_at > 0" } },
    [DAY_ENDED] = { { " AND f.ended_at >= " }, { " AND f.ended_at < " }, { " AND f.ended_at > 0" } },
  };
  query_val(q, columns[kind].from, V(from));
  query_val(q, columns[kind].to, V(to));
  query_add(q, columns[kind].any);
}

/* ── a day ───────────────────────────────────────────────────────────── */

typedef struct { Str place; int64_t id; Sum *sums, *hours; } Place;    /* one sum for each measure; hours: 24 for each */
typedef struct { VEC(Place) places; Rows closed; } Day;                /* closed: the teams an organisation's sums leave out */
typedef struct { int64_t id; } Id;

static Place *place_of(Cx *cx, Day *d, Str place, int64_t id) {
  for (size_t i = 0; i < d->places.n; i++) if (d->places.at[i].id == id && str_eq(d->places.at[i].place, place)) return &d->places.at[i];
  Place new = { place, id, NEW_N(cx->arena, Sum, measures_n()), NEW_N(cx->arena, Sum, measures_n() * 24) };
  for (size_t i = 0; i < measures_n(); i++) new.sums[i].m = &measures[i];
  for (size_t i = 0; i < measures_n() * 24; i++) new.hours[i].m = &measures[i / 24];
  vec_add(cx->arena, &d->places, new);
  return &d->places.at[d->places.n - 1];
}

static void count(Cx *cx, Place *p, MeasureDay kind, const Fact *f) {
  for (size_t i = 0; i < measures_n(); i++) {
    if (measures[i].day != kind) continue;
    sum_add(cx->arena, &p->sums[i], f);
    sum_add(cx->arena, &p->hours[i * 24 + (size_t)(measure_at(&measures[i], f) % DAY / HOUR)], f);
  }
}

/* "9,3,4,1,12:3 14:1|10,…": hour, k, n, silent, spread. */
Str series_hours_text(Arena *a, const SeriesHour at[24]) {
  Buf b = { .arena = a };
  for (int h = 0; h < 24; h++) {
    const SeriesHour *s = &at[h];
    if (!s->n && !s->silent) continue;
    buf_fmt(&b, "%s%d,%lld,%lld,%lld,", b.n ? "|" : "", h, (long long)s->k, (long long)s->n, (long long)s->silent);
    buf_add(&b, s->spread);
  }
  return buf_str(&b);
}

static Str hours_text(Arena *a, const Sum *hours) {
  SeriesHour at[24];
  for (int h = 0; h < 24; h++) at[h] = (SeriesHour){ hours[h].k, hours[h].n, hours[h].silent, hours[h].spread ? spread_text(a, hours[h].spread) : S("") };
  return series_hours_text(a, at);
}

bool series_hours(Str kept, SeriesHour ret[24]) {
  Str one, part;
  memset(ret, 0, 24 * sizeof *ret);
  while (kept.n) {
    int64_t v[4];
    str_cut(kept, '|', &one, &kept);
    for (int i = 0; i < 4; i++) if (!str_cut(one, ',', &part, &one) || !str_int(part, &v[i])) return false;
    if (v[0] < 0 || v[0] > 23) return false;
    ret[v[0]] = (SeriesHour){ v[1], v[2], v[3], one };
  }
  return true;
}

Err series_closed(Cx *cx, Rows *ret) {
  static const Col cols[] = { COL(Id, id) };
  static const Shape shape = SHAPE(Id, cols);
  return db_rows_(cx, &shape, ret, SQL("SELECT id FROM party WHERE closed = 1"), NULL, 0);
}

bool series_is_closed(const Rows *closed, int64_t team) {
  for (size_t i = 0; i < closed->n; i++) if (ROW(Id, *closed, i)->id == team) return true;
  return false;
}

static Err gather(Cx *cx, MeasureDay kind, int64_t day, Day *d) {
  Rows rows;
  Query q = query_new(cx);
  query_add(&q, SQL("SELECT " FACT_COLS " FROM fact f WHERE 1 = 1"));
  series_dated(&q, kind, day * DAY, (day + 1) * DAY);
  query_add(&q, SQL(" ORDER BY f.request_id"));
  TRY(query_rows(cx, &q, &fact_shape, &rows));
  for (size_t i = 0; i < rows.n; i++) {
    const Fact *f = ROW(Fact, rows, i);
    count(cx, place_of(cx, d, S("team"), f->team_id), kind, f);
    if (f->organisation_id && !series_is_closed(&d->closed, f->team_id)) count(cx, place_of(cx, d, S("organisation"), f->organisation_id), kind, f);
  }
  return E_OK;
}

typedef struct { Fill days, hours; int64_t day; } Writing;

static Writing writing(Cx *cx, int64_t day) {
  return (Writing){ fill_new(cx, SQL("series"), SQL("place, place_id, measure, day, k, n, silent, spread")),
                    fill_new(cx, SQL("series_hour"), SQL("place, place_id, measure, day, hours")), day };
}

static void write_sum(Cx *cx, Writing *w, Str place, int64_t id, Str measure, const Sum *s, const Sum *hours) {
  fill_row(&w->days, V(place), V(id), V(measure), V(w->day), V(s->k), V(s->n), V(s->silent), V(s->spread ? spread_text(cx->arena, s->spread) : S("")));
  fill_row(&w->hours, V(place), V(id), V(measure), V(w->day), V(hours_text(cx->arena, hours)));
}

static Err written(Cx *cx, Writing *w) {
  TRY(fill_write(cx, &w->days));
  return fill_write(cx, &w->hours);
}

static Err write_day(Cx *cx, int64_t day, const Day *d) {
  TRY(db_run(cx, SQL("DELETE FROM series WHERE day = ?1"), V(day)));
  TRY(db_run(cx, SQL("DELETE FROM series_hour WHERE day = ?1"), V(day)));
  Writing w = writing(cx, day);
  for (size_t p = 0; p < d->places.n; p++)
    for (size_t i = 0; i < measures_n(); i++) {
      const Place *at = &d->places.at[p];
      if (at->sums[i].n || at->sums[i].silent) write_sum(cx, &w, at->place, at->id, str_z(measures[i].name), &at->sums[i], &at->hours[i * 24]);
    }
  TRY(written(cx, &w));
  return db_run(cx, SQL("UPDATE series_day SET rolled = 1 WHERE day = ?1"), V(day));
}

/* How many came, by team and hour: no measure, for there is nothing good or bad in it. */
typedef struct { int64_t team, hour, n; } Came;

static Err write_arrivals(Cx *cx, int64_t day) {
  static const Col cols[] = { COL(Came, team), COL(Came, hour), COL(Came, n) };
  static const Shape shape = SHAPE(Came, cols);
  Rows rows;
  TRY(db_rows(cx, &shape, &rows, SQL("SELECT f.team_id AS team, f.since_at % ?3 / ?4 AS hour, COUNT(*) AS n FROM fact f WHERE f.since_at >= ?1 AND f.since_at < ?2"
                                     " GROUP BY f.team_id, f.since_at % ?3 / ?4 ORDER BY f.team_id"), V(day * DAY), V((day + 1) * DAY), V(DAY), V(HOUR)));
  Writing w = writing(cx, day);
  for (size_t i = 0; i < rows.n;) {
    int64_t team = ROW(Came, rows, i)->team, n = 0;
    Sum hours[24] = { 0 };
    for (; i < rows.n && ROW(Came, rows, i)->team == team; i++) {
      n += ROW(Came, rows, i)->n;
      hours[ROW(Came, rows, i)->hour] = (Sum){ .n = ROW(Came, rows, i)->n };
    }
    write_sum(cx, &w, S("team"), team, S(SERIES_CAME), &(Sum){ .n = n }, hours);
  }
  return written(cx, &w);
}

/* Of each team: when somebody spoke, and what was said next. */
static void sum_moment(Arena *a, const SeriesMoment *m, Sum *spoke, Sum *met) {
  if (m->spoken_at) {
    if (!spoke->spread) spoke->spread = NEW(a, Spread);
    spread_put(spoke->spread, m->spoken_at - m->at, 1);
    spoke->k++;
    spoke->n++;
  } else spoke->silent++;
  met->k += m->recovered > 0;
  met->n += m->recovered >= 0;
  met->silent += m->recovered < 0;
}

static Err write_moments(Cx *cx, int64_t day) {
  static const Col cols[] = { COL(SeriesMoment, team_id), COL(SeriesMoment, at), COL(SeriesMoment, spoken_at), COL(SeriesMoment, recovered) };
  static const Shape shape = SHAPE(SeriesMoment, cols);
  Rows rows;
  TRY(db_rows(cx, &shape, &rows, SQL("SELECT m.team_id, m.at, m.spoken_at, m.recovered FROM moment m WHERE m.at >= ?1 AND m.at < ?2 ORDER BY m.team_id"), V(day * DAY), V((day + 1) * DAY)));
  Writing w = writing(cx, day);
  for (size_t i = 0; i < rows.n;) {
    int64_t team = ROW(SeriesMoment, rows, i)->team_id;
    Sum spoke = { 0 }, met = { 0 }, spoke_hours[24] = { 0 }, met_hours[24] = { 0 };
    for (; i < rows.n && ROW(SeriesMoment, rows, i)->team_id == team; i++) {
      const SeriesMoment *m = ROW(SeriesMoment, rows, i);
      sum_moment(cx->arena, m, &spoke, &met);
      sum_moment(cx->arena, m, &spoke_hours[m->at % DAY / HOUR], &met_hours[m->at % DAY / HOUR]);
    }
    write_sum(cx, &w, S("team"), team, S(SERIES_RECOVERY), &spoke, spoke_hours);
    write_sum(cx, &w, S("team"), team, S(SERIES_RECOVERED), &met, met_hours);
  }
  return written(cx, &w);
}

static Err roll(Cx *cx, int64_t day) {
  DEFER(tx_end) Tx tx = { 0 };
  Day d = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(series_hold(cx));
  TRY(series_closed(cx, &d.closed));
  TRY(gather(cx, DAY_HEARD, day, &d));
  TRY(gather(cx, DAY_VERDICT, day, &d));
  TRY(gather(cx, DAY_ENDED, day, &d));
  TRY(write_day(cx, day, &d));
  TRY(write_arrivals(cx, day));
  TRY(write_moments(cx, day));
  return tx_commit(&tx);
}

typedef struct { int64_t day; } DayRow;

Err series_roll(Cx *cx, size_t most, size_t *ret) {
  static const Col cols[] = { COL(DayRow, day) };
  static const Shape shape = SHAPE(DayRow, cols);
  Rows days;
  TRY(db_rows(cx, &shape, &days, SQL("SELECT day FROM series_day WHERE rolled = 0 ORDER BY day LIMIT ?1"), V(most)));
  Arena *outer = cx->arena;
  DEFER(arena_freep) Arena *page = arena_new((size_t)1 << 30);
  for (size_t i = 0; i < days.n; i++, arena_reset(page)) {
    cx->arena = page;
    Err e = roll(cx, ROW(DayRow, days, i)->day);
    cx->arena = outer;
    if (e) cx->why = str_dup(outer, cx->why);
    TRY(e);
  }
  *ret = days.n;
  return E_OK;
}
