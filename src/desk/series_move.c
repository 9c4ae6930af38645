/* desk/series_move.c: days that are added up move with their facts. What a fact said is taken out, what it says now is put in; pieces of
   many facts that go to one row are put there at once. Not here: adding up a day as a whole (series.c). */
#include <stdlib.h>
#include "desk/series.h"

/* measure: its place in the table, and behind it what is kept beside them. sign: 1 put in, -1 taken out. */
struct SeriesPiece { int64_t place_id, team_id, day, us; int measure, hour, sign; bool organisation, counts, hit, silent; };
typedef SeriesPiece Piece;

enum { CAME, RECOVERY, RECOVERED };                      /* behind the measures */
static const Str beside[] = { { SERIES_CAME, sizeof SERIES_CAME - 1 }, { SERIES_RECOVERY, sizeof SERIES_RECOVERY - 1 }, { SERIES_RECOVERED, sizeof SERIES_RECOVERED - 1 } };

static int behind(int which) { return (int)measures_n() + which; }
static Str name_of(int measure) { return measure < behind(0) ? str_z(measures[measure].name) : beside[measure - behind(0)]; }
static bool has_times(int measure) { return measure < behind(0) ? measures[measure].kind == FIGURE_TIME : measure == behind(RECOVERY); }

/* ── collecting ──────────────────────────────────────────────────────── */

static Piece piece(int64_t team, int measure, int64_t at, const Told *t, int sign) {
  return (Piece){ .place_id = team, .team_id = team, .day = at / DAY, .hour = (int)(at % DAY / HOUR), .measure = measure, .sign = sign, .us = t->us,
                  .counts = t->counts, .hit = t->hit, .silent = t->silent };
}

static void add(Cx *cx, SeriesMoves *to, const Fact *f, int measure, int64_t at, const Told *t, int sign) {
  Piece p = piece(f->team_id, measure, at, t, sign);
  vec_add(cx->arena, &to->pieces, p);
  if (measure >= behind(0) || !f->organisation_id) return;
  p.organisation = true;
  p.place_id = f->organisation_id;
  vec_add(cx->arena, &to->pieces, p);
}

static Told told(const Measure *m, const Fact *f) { return f && measure_at(m, f) ? m->see(f) : (Told){ 0 }; }

static bool same(const Told *a, const Told *b) { return a->counts == b->counts && a->hit == b->hit && a->silent == b->silent && a->us == b->us; }

void series_move(Cx *cx, SeriesMoves *to, const Fact *was, const Fact *now) {
  bool stays = was && was->team_id == now->team_id && was->organisation_id == now->organisation_id;
  for (int i = 0; i < (int)measures_n(); i++) {
    const Measure *m = &measures[i];
    if (m->day == DAY_NOW) continue;
    Told a = told(m, was), b = told(m, now);
    if (stays && same(&a, &b) && measure_at(m, was) == measure_at(m, now)) continue;
    if (a.counts || a.silent) add(cx, to, was, i, measure_at(m, was), &a, -1);
    if (b.counts || b.silent) add(cx, to, now, i, measure_at(m, now), &b, 1);
  }
  Told came = { .counts = true };
  if (stays && was->since_at == now->since_at) return;
  if (was) add(cx, to, was, behind(CAME), was->since_at, &came, -1);
  add(cx, to, now, behind(CAME), now->since_at, &came, 1);
}

static void add_moment(Cx *cx, SeriesMoves *to, const SeriesMoment *m, int sign) {
  Told spoke = m->spoken_at ? (Told){ .counts = true, .hit = true, .us = m->spoken_at - m->at } : (Told){ .silent = true };
  Told met = m->recovered < 0 ? (Told){ .silent = true } : (Told){ .counts = true, .hit = m->recovered > 0 };
  vec_add(cx->arena, &to->pieces, piece(m->team_id, behind(RECOVERY), m->at, &spoke, sign));
  vec_add(cx->arena, &to->pieces, piece(m->team_id, behind(RECOVERED), m->at, &met, sign));
}

void series_moment(Cx *cx, SeriesMoves *to, const SeriesMoment *was, const SeriesMoment *now) {
  if (was && now && was->team_id == now->team_id && was->at == now->at && was->spoken_at == now->spoken_at && was->recovered == now->recovered) return;
  if (was) add_moment(cx, to, was, -1);
  if (now) add_moment(cx, to, now, 1);
}

/* ── which days are added up ─────────────────────────────────────────── */

/* A day that nobody knew is added up from now on; one that waits for it is left alone. */
static Err is_rolled(Cx *cx, int64_t day, bool *ret) {
  int64_t rolled;
  TRY(db_int(cx, &rolled, SQL("SELECT COALESCE((SELECT rolled FROM series_day WHERE day = ?1), -1)"), V(day)));
  *ret = rolled != 0;
  return rolled < 0 ? db_run(cx, SQL("INSERT INTO series_day(day, rolled) VALUES (?1, 1) ON CONFLICT (day) DO NOTHING"), V(day)) : E_OK;
}

/* ── writing ─────────────────────────────────────────────────────────── */

#define STEP(a, b) if ((a) != (b)) return (a) < (b) ? -1 : 1

static int by_day(const void *a, const void *b) {
  const Piece *x = a, *y = b;
  STEP(x->day, y->day);
  STEP(x->measure, y->measure);
  STEP(x->organisation, y->organisation);
  STEP(x->place_id, y->place_id);
  STEP(x->hour, y->hour);
  return 0;
}

static bool same_row(const Piece *a, const Piece *b) {
  return a->day == b->day && a->measure == b->measure && a->organisation == b->organisation && a->place_id == b->place_id;
}

typedef struct { int64_t k, n, silent; Str spread, hours; } Row;

/* As one of its columns has it; NULL takes nothing. */
static void put(const Piece *p, int64_t *k, int64_t *n, int64_t *silent, Spread *spread) {
  *silent += p->silent ? p->sign : 0;
  if (!p->counts) return;
  *n += p->sign;
  *k += p->hit ? p->sign : 0;
  if (spread) spread_put(spread, p->us, p->sign);
}

static Err broken(Cx *cx, const Piece *p) { return fail(cx, E_BROKEN, "the series of day %lld is not one; `cornerdesk rebuild` makes it anew", (long long)p->day); }

static Err in_hours(Cx *cx, const Piece *p, size_t n, bool times, SeriesHour hours[24], Spread *s) {
  for (size_t i = 0; i < n;) {
    SeriesHour *h = &hours[p[i].hour];
    int hour = p[i].hour;
    *s = (Spread){ 0 };
    if (!spread_read(h->spread, s)) return broken(cx, p);
    for (; i < n && p[i].hour == hour; i++) put(&p[i], &h->k, &h->n, &h->silent, times ? s : NULL);
    if (times) h->spread = spread_text(cx->arena, s);
  }
  return E_OK;
}

static Err load(Cx *cx, const Val key[4], Row *ret) {
  static const Col cols[] = { COL(Row, k), COL(Row, n), COL(Row, silent), COL(Row, spread), COL(Row, hours) };
  static const Shape shape = SHAPE(Row, cols);
  *ret = (Row){ 0 };
  Err e = db_one(cx, &shape, ret, SQL("SELECT x.k, x.n, x.silent, x.spread, h.hours FROM series x JOIN series_hour h ON h.place = x.place AND h.measure = x.measure AND h.day = x.day"
    " AND h.place_id = x.place_id WHERE x.place = ?1 AND x.measure = ?2 AND x.day = ?3 AND x.place_id = ?4"), key[0], key[1], key[2], key[3]);
  return e == E_ABSENT ? E_OK : e;
}

static Err store(Cx *cx, const Val key[4], const Row *r) {
  if (!r->n && !r->silent) {
    TRY(db_run(cx, SQL("DELETE FROM series WHERE place = ?1 AND measure = ?2 AND day = ?3 AND place_id = ?4"), key[0], key[1], key[2], key[3]));
    return db_run(cx, SQL("DELETE FROM series_hour WHERE place = ?1 AND measure = ?2 AND day = ?3 AND place_id = ?4"), key[0], key[1], key[2], key[3]);
  }
  TRY(db_run(cx, SQL("INSERT INTO series(place, measure, day, place_id, k, n, silent, spread) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (place, measure, day, place_id)"
                     " DO UPDATE SET k = excluded.k, n = excluded.n, silent = excluded.silent, spread = excluded.spread"),
             key[0], key[1], key[2], key[3], V(r->k), V(r->n), V(r->silent), V(r->spread)));
  return db_run(cx, SQL("INSERT INTO series_hour(place, measure, day, place_id, hours) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (place, measure, day, place_id)"
                        " DO UPDATE SET hours = excluded.hours"), key[0], key[1], key[2], key[3], V(r->hours));
}

/* p: all pieces of one row. */
static Err write_row(Cx *cx, const Piece *p, size_t n, Spread *s) {
  bool times = has_times(p->measure);
  const Val key[4] = { V(p->organisation ? S("organisation") : S("team")), V(name_of(p->measure)), V(p->day), V(p->place_id) };
  SeriesHour hours[24];
  Row r;
  TRY(load(cx, key, &r));
  if (!series_hours(r.hours, hours)) return broken(cx, p);
  TRY(in_hours(cx, p, n, times, hours, s));
  *s = (Spread){ 0 };
  if (!spread_read(r.spread, s)) return broken(cx, p);
  for (size_t i = 0; i < n; i++) put(&p[i], &r.k, &r.n, &r.silent, times ? s : NULL);
  if (times) r.spread = spread_text(cx->arena, s);
  r.hours = series_hours_text(cx->arena, hours);
  return store(cx, key, &r);
}

Err series_hold(Cx *cx) {
  return db_run_(cx, NULL, SQL("INSERT INTO bookmark(name, at) VALUES ('series', 0) ON CONFLICT (name) DO UPDATE SET at = bookmark.at"), NULL, 0);
}

/* Which teams are closed is looked up when nobody can close one any more. */
static Err open_ones(Cx *cx, SeriesMoves *m) {
  Rows closed;
  size_t n = 0;
  TRY(series_closed(cx, &closed));
  for (size_t i = 0; i < m->pieces.n; i++) {
    const Piece *p = &m->pieces.at[i];
    if (!p->organisation || !series_is_closed(&closed, p->team_id)) m->pieces.at[n++] = *p;
  }
  m->pieces.n = n;
  return E_OK;
}

Err series_write(Cx *cx, SeriesMoves *m) {
  if (!m->pieces.n) return E_OK;
  Spread *s = NEW(cx->arena, Spread);
  bool rolled = false;
  TRY(series_hold(cx));
  TRY(open_ones(cx, m));
  qsort(m->pieces.at, m->pieces.n, sizeof *m->pieces.at, by_day);
  for (size_t i = 0; i < m->pieces.n;) {
    const Piece *p = &m->pieces.at[i];
    size_t end = i + 1;
    while (end < m->pieces.n && same_row(p, &m->pieces.at[end])) end++;
    if (!i || p->day != m->pieces.at[i - 1].day) TRY(is_rolled(cx, p->day, &rolled));
    if (rolled) TRY(write_row(cx, p, end - i, s));
    i = end;
  }
  return E_OK;
}
