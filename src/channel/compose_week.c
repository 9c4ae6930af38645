/* channel/compose_week.c: the letter of the week: three figures in words, the worst moment in the words of who had it, what really
   changed, and one thing to ask. A number never without how many it stands on and how sure it is. */
#include <math.h>
#include "channel/compose_parts.h"
#include "desk/site.h"
#include "desk/weekly.h"
#include "text/name.h"
#include "text/num.h"
#include "text/when.h"

static Str url(Cx *cx, Str path) { return str_cat(cx->arena, cx->site->public_url, path); }
static Str hundredth(Cx *cx, double share) { return num_double(cx->arena, cx->lang, 100 * share, 0); }

/* ── three figures ───────────────────────────────────────────────────── */

static Str share_words(Cx *cx, const Figure *f) {
  Str k = num(cx->arena, cx->lang, f->k), n = num(cx->arena, cx->lang, f->n);
  if (f->show == SHOW_LIST || f->show == SHOW_INTERVAL) return tr_f(cx->arena, cx->lang, "%1$s of %2$s. That is too few for a rate.", k, n);
  return tr_f(cx->arena, cx->lang, "%1$s of %2$s. From so many, the true rate is likely between %3$s and %4$s in a hundred.", k, n, hundredth(cx, f->ci.lo), hundredth(cx, f->ci.hi));
}

static Str time_words(Cx *cx, const Figure *f) {
  Reader r = READER(cx);
  Str middle = when_span(r, (int64_t)f->value), n = num(cx->arena, cx->lang, f->n);
  if (f->show == SHOW_LIST) return tr_f(cx->arena, cx->lang, "%1$s in the middle, of %2$s only.", middle, n);
  return tr_f(cx->arena, cx->lang, "%1$s in the middle of %2$s, likely between %3$s and %4$s.", middle, n, when_span(r, (int64_t)f->ci.lo), when_span(r, (int64_t)f->ci.hi));
}

static Str said_of(Cx *cx, const Figure *f) {
  Str words = f->show == SHOW_NONE ? tr(cx->lang, "Nothing to tell from this week.") : f->kind == FIGURE_TIME ? time_words(cx, f) : share_words(cx, f);
  if (!f->silent) return words;
  return str_cat(cx->arena, words, S(" "), trn_f(cx->arena, cx->lang, "One more stayed silent.", "%s more stayed silent.", f->silent, num(cx->arena, cx->lang, f->silent)));
}

static void figures(Cx *cx, Letter *l, const Weekly *w) {
  for (size_t i = 0; i < WEEKLY_FIGURES; i++) {
    const Measure *m = measure_find(w->figures[i].name);
    letter_para(l, SAY(l, tr(cx->lang, "<b>%1$s</b> %2$s"), ht_arg_str(&l->view, tr(cx->lang, m->question)), ht_arg_str(&l->view, said_of(cx, &w->figures[i]))));
  }
}

/* ── the worst moment ────────────────────────────────────────────────── */

static void moment(Cx *cx, Letter *l, const Weekly *w) {
  const MomentRow *r = &w->worst;
  const Lang *lang = cx->lang;
  if (!w->moments) { letter_para(l, letter_plain(l, tr(lang, "We know of nobody who had a bad moment this week."))); return; }
  Str ref = request_ref(cx->arena, r->m.request_id);
  letter_para(l, SAY(l, tr(lang, "<b>The worst moment of the week</b> was %1$s’s, %2$s."), ht_arg_user(&l->view, U(r->asker)), ht_arg_str(&l->view, when_at(READER(cx), r->m.at))));
  Str said = str_ellipsis(cx->arena, r->said_end > 0 ? str_head(r->said, (size_t)r->said_end) : r->said, 400);
  if (said.n) letter_para(l, SAY(l, tr(lang, "In their words: “%s”"), ht_arg_user(&l->view, U(said))));
  if (r->m.spoken_at) letter_para(l, SAY(l, tr(lang, "%1$s spoke with them after %2$s."), ht_arg_user(&l->view, U(r->spoken)), ht_arg_str(&l->view, when_span(READER(cx), r->m.spoken_at - r->m.at))));
  else letter_para(l, letter_plain(l, tr(lang, "Nobody has spoken with them yet.")));
  letter_card(l, url(cx, str_cat(cx->arena, S("/requests/"), ref)), r->subject, ref);
}

/* ── what really changed ─────────────────────────────────────────────── */

static Str change_words(Cx *cx, const Control *c) {
  Str label = tr(cx->lang, c->m->label);
  if (c->says == CONTROL_ODD) return tr_f(cx->arena, cx->lang, "%s: last week lies outside what is ordinary here. One week is no lasting change; look what happened.", label);
  Str weeks = num(cx->arena, cx->lang, (int64_t)c->run);
  if (c->up != c->m->less) return tr_f(cx->arena, cx->lang, "%1$s: better for %2$s weeks in a row.", label, weeks);
  return tr_f(cx->arena, cx->lang, "%1$s: worse for %2$s weeks in a row.", label, weeks);
}

static void changes(Cx *cx, Letter *l, const Weekly *w) {
  if (!w->changed_n) { letter_para(l, SAY(l, tr(cx->lang, "<b>What really changed:</b> %s"), ht_arg_str(&l->view, tr(cx->lang, "nothing. Ordinary ups and downs, nothing to react to.")))); return; }
  letter_para(l, letter_say(l, tr(cx->lang, "<b>What really changed:</b>"), NULL, 0));
  for (size_t i = 0; i < w->changed_n; i++)
    letter_card(l, url(cx, str_cat(cx->arena, S("/measures/"), str_z(w->changed[i].m->name))), change_words(cx, &w->changed[i]), tr(cx->lang, "See the chart"));
}

/* ── what to ask ─────────────────────────────────────────────────────── */

static Str ask(Cx *cx, const Weekly *w) {
  const Figure *sorted = &w->figures[0];
  if (w->unspoken) return trn_f(cx->arena, cx->lang, "Who speaks with the one person whom nobody has called yet?", "Who speaks with the %s people whom nobody has called yet?", w->unspoken, num(cx->arena, cx->lang, w->unspoken));
  for (size_t i = 0; i < w->changed_n; i++)
    if (w->changed[i].says == CONTROL_CHANGED && w->changed[i].up == w->changed[i].m->less) return tr(cx->lang, "What has been different for them since then?");
  if (sorted->silent > sorted->n) return tr(cx->lang, "Most of those we served said nothing. Whom could we simply ring up?");
  return tr(cx->lang, "Which moment of this week would you like to see more often, and what made it possible?");
}

/* ── the letter ──────────────────────────────────────────────────────── */

static Err as_lead(Cx *cx, const Composing *c, Weekly *ret) {
  Cx lead = *cx;
  lead.now = c->row->created_at;
  Err e = actor_load(&lead, c->row->to_id, &lead.actor);
  if (!e && !lead.actor.leads) e = fail(&lead, E_INVALID, "Who gets the letter of the week does not lead any more.");
  if (!e) e = weekly_get(&lead, ret);
  cx->why = lead.why;
  return e;
}

Err compose_week(Cx *cx, Composing *c) {
  Letter *l = &c->letter;
  const Lang *lang = cx->lang;
  Weekly w;
  TRY(as_lead(cx, c, &w));
  Reader later = { cx->arena, lang, cx->zone, w.to + 30 * DAY };        /* days by their dates, whenever it is read */
  Str from = when_day(later, w.from), to = when_day(later, w.to - 1);
  l->subject = tr_f(cx->arena, lang, "Your week at %s, in words", c->place);
  l->glimpse = tr_f(cx->arena, lang, "%1$s to %2$s: three figures, one moment, one question.", from, to);
  letter_hello(l, compose_hello(cx, c));
  letter_para(l, SAY(l, tr(lang, "This was the week from %1$s to %2$s, for all that you lead."), ht_arg_str(&l->view, from), ht_arg_str(&l->view, to)));
  figures(cx, l, &w);
  moment(cx, l, &w);
  changes(cx, l, &w);
  letter_promise(l, letter_plain(l, ask(cx, &w)), tr(lang, "Something to ask this week."), NULL, 0);
  letter_buttons(l, url(cx, S("/floor")), tr(lang, "Open the floor"), S(""), S(""));
  letter_dim(l, SAY(l, tr(lang, "Comes on Mondays at eight to those who lead. <a href=\"%s\">Stop it</a>."), ht_arg_str(&l->view, url(cx, S("/me#letter")))));
  letter_dim(l, SAY(l, tr(lang, "Written by software; %s answers for it."), ht_arg_user(&l->view, U(c->place))));
  return E_OK;
}
