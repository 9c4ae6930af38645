/* web/pages/instruments.c: the cards from the side of those who lead: what each asks, whom, what came of it, how often.
   Nothing here can send a card to somebody, or keep one from them. */
#include "web/pages/instruments.h"
#include "views.h"
#include "web/csv.h"
#include "web/pages/desk_page.h"

extern const Route instruments_routes[];

enum { ROUNDS = 7, WORDS = 6 };

int instruments_bar(const Score *s, int step) {
  int64_t most = 1;
  for (int i = 0; i < SCORE_STEPS; i++) if (s->steps[i] > most) most = s->steps[i];
  return (int)(100 * s->steps[step] / most);
}

Str instrument_label(const View *v, const Instrument *in) {
  return in->hi == 10 ? tr(v->lang, "Recommend score, −100 to +100") : in->picture ? tr(v->lang, "Nearness, 0 to 100") : tr(v->lang, "All lines together, 0 to 100");
}

static Err load_one(Cx *cx, const Instrument *in, const ScoreScope *of, InstrumentPart *p) {
  p->in = in;
  TRY(cadence_get(cx, in, &p->cadence));
  TRY(score_get(cx, in, of, &p->score));
  TRY(score_places(cx, in, of, &p->score, false, &p->teams));
  TRY(score_places(cx, in, of, &p->score, true, &p->organisations));
  TRY(score_words(cx, in, of, WORDS, &p->words));
  return card_rounds(cx, str_z(in->name), ROUNDS, &p->rounds);
}

static Err load(Cx *cx, const Req *q, Instruments *p) {
  static const int64_t days[] = { 30, 90, 365 };
  int64_t asked;
  p->days = 90;
  if (req_get_int(q, "days", &asked)) for (size_t i = 0; i < COUNT(days); i++) if (asked == days[i]) p->days = asked;
  FigureScope last = figure_last(cx, p->days);
  ScoreScope of = { .from = last.from, .to = last.to };
  p->n = instrument_count();
  p->at = NEW_N(cx->arena, InstrumentPart, p->n);
  for (size_t i = 0; i < p->n; i++) TRY(load_one(cx, instrument_at(i), &of, &p->at[i]));
  for (size_t i = 0; i < p->n; i++)
    if (!strcmp(p->at[i].in->name, "rater")) {
      p->at[i].expected = instrument_named(S("expected"));
      TRY(score_get(cx, p->at[i].expected, &of, &p->at[i].should));
    }
  return cadence_rest(cx, &p->rest);
}

static Err draw(Cx *cx, const Req *q, Res *res, Instruments *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  p->done = res->wrong.n ? S("") : desk_done(cx, q, S(""));
  TRY(desk_begin(cx, q, res, tr(cx->lang, "What we ask"), RAIL_INSTRUMENTS, &s, &v));
  view_instruments_page(&v, &s, p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  Instruments p = { 0 };
  TRY(load(cx, q, &p));
  return draw(cx, q, res, &p);
}

/* ── as a file ───────────────────────────────────────────────────────── */

static void row(Cx *cx, Res *res, const Instrument *in, const char *part, Str which, const Figure *f) {
  csv_cell(res, str_z(in->name));
  csv_cell(res, str_z(part));
  csv_cell(res, which);
  csv_asked(cx, res, f, tr(cx->lang, in->title));
}

/* How many chose each answer of a single question: of all that answered. */
static void steps(Cx *cx, Res *res, const InstrumentPart *t) {
  for (int i = t->in->hi == 10 ? 0 : t->in->lo; i <= t->in->hi; i++) {
    Figure f = figure_share((Tally){ t->score.steps[t->in->hi == 10 ? i : i - t->in->lo], t->score.score.n }, t->score.silent);
    f.name = S("chosen");
    f.from = t->score.score.from;
    f.to = t->score.score.to;
    row(cx, res, t->in, "chosen", str_fmt(cx->arena, "%d", i), &f);
  }
}

static void places(Cx *cx, Res *res, const Instrument *in, const char *part, const Rows *rows) {
  for (size_t i = 0; i < rows->n; i++) {
    const ScorePlace *p = ROW(ScorePlace, *rows, i);
    row(cx, res, in, part, p->name, &p->score);
    row(cx, res, in, part, p->name, &p->answered);
  }
}

static void part(Cx *cx, Res *res, const InstrumentPart *t) {
  row(cx, res, t->in, "score", S(""), &t->score.score);
  row(cx, res, t->in, "answered", S(""), &t->score.answered);
  if (t->score.is_weighed) row(cx, res, t->in, t->score.by_organisation ? "weighed-by-organisation" : "weighed-by-channel", S(""), &t->score.weighed);
  if (t->in->n == 1 && t->score.score.n) steps(cx, res, t);
  for (size_t i = 0; t->in->n > 1 && i < t->in->n; i++) row(cx, res, t->in, "line", tr(cx->lang, t->in->items[i].words), &t->score.items[i]);
  places(cx, res, t->in, "team", &t->teams);
  places(cx, res, t->in, "organisation", &t->organisations);
}

static Err csv(Cx *cx, const Req *q, Res *res) {
  Instruments p = { 0 };
  TRY(load(cx, q, &p));
  csv_names(res, "card,part,which");
  for (size_t i = 0; i < p.n; i++) part(cx, res, &p.at[i]);
  return csv_end(cx, res, S("instruments.csv"));
}

/* ── a card as it looks ──────────────────────────────────────────────── */

/* The card as somebody gets it; nothing can be sent from here. */
static Err sample(Cx *cx, const Req *q, Res *res) {
  Shell s;
  View v;
  CardPage c = { .in = instrument_named(req_param(q, "name")), .team = tr(cx->lang, "the service desk") };
  if (!c.in) return fail(cx, E_ABSENT, N_("There is no such card."));
  for (size_t i = 0; i < INSTRUMENT_ITEMS; i++) c.values[i] = -1;
  c.wrong = &res->wrong;
  TRY(cadence_rest(cx, &c.rest_days));
  TRY(desk_begin(cx, q, res, tr(cx->lang, c.in->title), RAIL_INSTRUMENTS, &s, &v));
  view_instruments_sample(&v, &s, &c);
  return E_OK;
}

/* ── how often ───────────────────────────────────────────────────────── */

static Err refused(Cx *cx, const Req *q, Res *res, Err e, Str open) {
  Instruments p = { .open = open };
  if (!portal_refused(cx, res, e)) return e;
  TRY(load(cx, q, &p));
  return draw(cx, q, res, &p);
}

static Err often(Cx *cx, const Req *q, Res *res) {
  const Instrument *in = instrument_named(req_param(q, "name"));
  Cadence c = { .is_on = req_has(q, "on") };
  if (!in) return fail(cx, E_ABSENT, N_("There is no such card."));
  if (!req_form_int(q, "every_days", &c.every_days)) c.every_days = -1;
  if (!req_form_int(q, "share", &c.share)) c.share = -1;
  Err e = c.every_days < 0 ? fail_field(cx, "every_days", N_("Between 30 and 730 days, or 0 to ask once.")) : cadence_set(cx, in, &c);
  return e ? refused(cx, q, res, e, str_z(in->name)) : res_redirect(cx, res, S("/instruments?done=saved"));
}

static Err rest(Cx *cx, const Req *q, Res *res) {
  int64_t days;
  Err e = !req_form_int(q, "rest", &days) ? fail_field(cx, "rest", N_("Between 0 and 60 days.")) : cadence_rest_set(cx, days);
  return e ? refused(cx, q, res, e, S("rest")) : res_redirect(cx, res, S("/instruments?done=saved"));
}

const Route instruments_routes[] = {
  { .verb = GET,  .path = "/instruments",             .run = page,   .may = MAY_LEAD,  .about = "What we ask people about the whole, and what they say" },
  { .verb = GET,  .path = "/instruments.csv",         .run = csv,    .may = MAY_LEAD,  .about = "What they say, as a file" },
  { .verb = POST, .path = "/instruments/rest",        .run = rest,   .may = MAY_ADMIN, .about = "How long somebody is left in peace after a card" },
  { .verb = GET,  .path = "/instruments/{name}/card", .run = sample, .may = MAY_LEAD,  .about = "A card as it looks" },
  { .verb = POST, .path = "/instruments/{name}",      .run = often,  .may = MAY_ADMIN, .about = "How often a card is asked, of all people alike" },
  { 0 }
};
