/* web/pages/verdict.c: the asker's word on a delivery. GET shows the card and changes nothing, whatever stands in its
   address: mail scanners open links too. Sorted closes; partly and not yet open it again, with what is missing. */
#include "web/pages/verdict.h"
#include "desk/memory.h"
#include "desk/verdict.h"
#include "views.h"

extern const Route verdict_routes[];

const VerdictWord verdict_all[]  = { { "1", N_("bad") }, { "2", N_("not good") }, { "3", N_("all right") }, { "4", N_("good") }, { "5", N_("very good") }, { 0 } };
const VerdictWord verdict_again[] = { { "0", N_("no") }, { "1", N_("once") }, { "2", N_("more than once") }, { 0 } };
const VerdictWord verdict_kind[] = { { "good", N_("a good one") }, { "bad", N_("a bad one") }, { 0 } };
const VerdictWord verdict_helps[] = { { "1", N_("yes") }, { "0", N_("no") }, { 0 } };
const VerdictWord verdict_bar[]  = { { "above", N_("better") }, { "at", N_("as I asked") }, { "below", N_("worse") }, { 0 } };
const VerdictWord verdict_ease[] = { { "1", N_("not at all") }, { "2", N_("no") }, { "3", N_("not really") }, { "4", N_("so-so") },
                                { "5", N_("rather") }, { "6", N_("yes") }, { "7", N_("very") }, { 0 } };
const VerdictWord verdict_lost[] = { { "0", N_("none") }, { "5", N_("5 minutes") }, { "15", N_("15 minutes") }, { "60", N_("an hour") },
                                { "240", N_("half a day") }, { "480", N_("a day or more") }, { 0 } };

/* A word that is one of the choices, else "". */
static Str one_of(Str typed, const VerdictWord *choices) {
  for (; choices->value; choices++) if (str_eq(typed, str_z(choices->value))) return str_z(choices->value);
  return S("");
}
static Str sorted_of(Str typed) {
  static const VerdictWord sorted[] = { { "yes", "" }, { "partly", "" }, { "no", "" }, { 0 } };
  return one_of(typed, sorted);
}

static Err about(Cx *cx, const MyRequest *m, VerdictCard *c) {
  c->m = m;
  c->may_yes = my_may(m, LOOP_ACT_ACCEPT);
  c->may_no = my_may(m, LOOP_ACT_NOT_YET);
  c->asked_bar = m->r.bar_by || m->r.bar_good.n || m->promise;
  c->by = m->report && m->report->message ? m->report->message->author : portal_who(&m->r);
  c->said_more = c->bar.n || c->ease.n || c->lost.n || c->all.n || c->again.n || c->kind.n || c->helps.n || c->moment.n || wrong_of(m->wrong, "moment").n;
  TRY(memory_accommodated(cx, m->r.asker_id, &c->asked_helps));
  Verdict w;
  Err e = verdict_waiting(cx, m->r.id, &w);
  c->full = e || w.more;
  if (e == E_ABSENT) cx->why = S("");
  return e == E_ABSENT ? E_OK : e;
}

static Err show(Cx *cx, const Req *q, Res *res, MyRequest *m, VerdictCard *c) {
  Shell s;
  View v;
  m->wrong = &res->wrong;
  TRY(about(cx, m, c));
  TRY(page_begin(cx, q, res, tr(cx->lang, "Is it sorted for you?"), &s, &v));
  if (c->at_once) s.script = "verdict.js";
  if (c->may_yes || c->may_no) view_verdict_page(&v, &s, c);
  else view_verdict_over(&v, &s, m);
  return E_OK;
}

static Err card(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  TRY(my_request_load(cx, q, &m));
  VerdictCard c = { .sorted = sorted_of(req_get(q, "s")) };
  c.at_once = str_eq(c.sorted, S("yes")) && my_may(&m, LOOP_ACT_ACCEPT) && !req_has(q, "stay");
  return show(cx, q, res, &m, &c);
}

/* ── saying it ───────────────────────────────────────────────────────── */

static VerdictCard said(const Req *q) {
  return (VerdictCard){
    .sorted = sorted_of(req_form(q, "s")), .bar = one_of(req_form(q, "bar"), verdict_bar), .ease = one_of(req_form(q, "ease"), verdict_ease),
    .lost = one_of(req_form(q, "lost"), verdict_lost), .text = req_form(q, "text"), .moment = req_form(q, "moment"),
    .all = one_of(req_form(q, "all"), verdict_all), .again = one_of(req_form(q, "again"), verdict_again), .kind = one_of(req_form(q, "kind"), verdict_kind),
    .helps = one_of(req_form(q, "helps"), verdict_helps), .nameless = req_has(q, "nameless"),
  };
}

static Err judge(Cx *cx, const Req *q, Res *res, MyRequest *m, const VerdictCard *c) {
  bool yes = str_eq(c->sorted, S("yes"));
  if (!c->sorted.n) return res_wrong(cx, res, "s", tr(cx->lang, "Choose one of the three."));
  if (!yes && !str_trim(c->text).n) return res_wrong(cx, res, "text", tr(cx->lang, "Say what is still missing."));
  ActNew in = {
    .act = yes ? LOOP_ACT_ACCEPT : LOOP_ACT_NOT_YET, .text = str_trim(c->text).n ? c->text : S(""), .format = S("plain"), .channel = S("page"),
    .sorted = c->sorted, .against_bar = c->bar, .moment = str_trim(c->moment), .moment_kind = c->kind, .nameless = c->nameless,
    .lost_said = c->lost.n > 0, .repeated_said = c->again.n > 0, .honoured_said = c->helps.n > 0,
  };
  if (!req_form_int(q, "version", &in.version)) in.version = 0;
  if (!str_int(c->ease, &in.ease)) in.ease = 0;
  if (!str_int(c->lost, &in.lost_minutes)) in.lost_minutes = -1;
  if (!str_int(c->all, &in.satisfaction)) in.satisfaction = 0;
  if (!str_int(c->again, &in.repeated)) in.repeated = -1;
  if (!str_int(c->helps, &in.honoured)) in.honoured = -1;
  return act_do(cx, &m->r, &in);
}

static Err answer(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  Str to;
  TRY(my_request_load(cx, q, &m));
  TRY(portal_once(cx, q, cx->actor.party, &to));
  if (to.n) return res_redirect(cx, res, to);
  VerdictCard c = said(q);
  Err e = judge(cx, q, res, &m, &c);
  to = str_cat(cx->arena, m.self, str_eq(c.sorted, S("yes")) ? S("?done=sorted") : S("?done=again"));
  if (!e) TRY(portal_once_keep(cx, q, cx->actor.party, to));
  if (!e) return res_redirect(cx, res, to);
  if (!portal_refused(cx, res, e)) return e;
  TRY(my_request_load(cx, q, &m));
  return show(cx, q, res, &m, &c);
}

static Err never(Cx *cx, const Req *q, Res *res) {
  MyRequest m;
  TRY(my_request_load(cx, q, &m));
  TRY(consent_set(cx, cx->actor.party, S("verdicts"), false));
  return res_redirect(cx, res, str_cat(cx->arena, m.self, S("?done=quiet")));
}

const Route verdict_routes[] = {
  { .verb = GET,  .path = "/my/{ref}/verdict",       .run = card,   .may = MAY_ASKER, .link = true, .about = "Is it sorted for you?" },
  { .verb = POST, .path = "/my/{ref}/verdict",       .run = answer, .may = MAY_ASKER, .link = true, .about = "Sorted, partly, or not yet" },
  { .verb = POST, .path = "/my/{ref}/verdict/never", .run = never,  .may = MAY_ASKER, .link = true, .about = "Don't ask me again" },
  { 0 }
};
