/* web/pages/about_me.c: see, correct, forget, allow, take along. Only for who signed in: a mailed link opens one
   conversation, and not what we know of somebody. */
#include "web/pages/about_me.h"
#include "desk/export.h"
#include "desk/inbox.h"
#include "desk/link.h"
#include "desk/session.h"
#include "text/name.h"
#include "text/num.h"
#include "text/when.h"
#include "views.h"
#include "web/pages/my_requests.h"

extern const Route about_me_routes[];

enum { OWED = 20 };

/* ── words ───────────────────────────────────────────────────────────── */

Str about_me_source(const View *v, const MemoryNote *n) {
  Str day = when_day(READER(v), n->confirmed_at);
  if (str_eq(n->source, S("told"))) return tr_f(v->arena, v->lang, "you told us, %s", day);
  if (n->by.n) return tr_f(v->arena, v->lang, "%1$s noticed it, %2$s", n->by, day);
  return tr_f(v->arena, v->lang, "we noticed it, %s", day);
}

Str about_me_used(const View *v, const MemoryNote *n) {
  Str times = num(v->arena, v->lang, n->used);
  if (!n->used) return S("");
  if (!n->used_at) return trn_f(v->arena, v->lang, "used once", "used %1$s times", n->used, times);
  return trn_f(v->arena, v->lang, "used once, %2$s", "used %1$s times, last %2$s", n->used, times, when_day(READER(v), n->used_at));
}

const char *about_me_icon(const MemoryNote *n) {
  static const struct { const char *kind, *icon; } icons[] = {
    { "accommodation", "accessibility" }, { "preference", "heart" }, { "interest", "star" }, { "behaviour", "clock" }, { "history", "history" },
  };
  for (size_t i = 0; i < COUNT(icons); i++) if (str_eq(n->kind, str_z(icons[i].kind))) return icons[i].icon;
  return "sticky-note";
}

static Str done_words(const Lang *lang, Str word) {
  static const struct { const char *word, *words; } done[] = {
    { "saved", N_("Saved.") }, { "corrected", N_("Corrected. Thank you.") }, { "forgotten", N_("Forgotten. It is gone from our side too.") },
    { "still", N_("Thank you. We go on using it.") }, { "allowed", N_("Saved. It counts from now on.") },
    { "all", N_("Everything we had noted about you is gone.") },
  };
  for (size_t i = 0; i < COUNT(done); i++) if (str_eq(word, str_z(done[i].word))) return tr(lang, done[i].words);
  return S("");
}

/* ── the page ────────────────────────────────────────────────────────── */

static Notes *heading(AboutMe *p, const MemoryNote *n, int64_t now) {
  if (str_eq(n->source, S("inferred"))) return &p->guesses;
  if (memory_doubtful(n, now)) return &p->doubts;
  if (str_eq(n->kind, S("accommodation"))) return &p->needs;
  return str_eq(n->kind, S("history")) || str_eq(n->kind, S("promise")) ? &p->past : &p->ways;
}

static Err load_notes(Cx *cx, AboutMe *p) {
  TRY(memory_list(cx, cx->actor.party, &p->all));
  for (size_t i = 0; i < p->all.n; i++) {
    const MemoryNote *n = ROW(MemoryNote, p->all, i);
    Notes *under = heading(p, n, cx->now);
    vec_add(cx->arena, under, n);
  }
  TRY(consent_get(cx, cx->actor.party, S("memory"), &p->memory));
  TRY(consent_get(cx, cx->actor.party, S("verdicts"), &p->verdicts));
  return consent_get(cx, cx->actor.party, S("invitations"), &p->invitations);
}

static Err load_owed(Cx *cx, AboutMe *p) {
  Rows rows;
  Str next;
  TRY(inbox_list(cx, &(InboxFilter){ .list = LIST_ALL, .asker = cx->actor.party, .state = S("PROMISED"), .limit = OWED }, &rows, &next));
  p->owed = portal_requests(cx->arena, &rows);
  return E_OK;
}

static Err load(Cx *cx, AboutMe *p) {
  TRY(party_get(cx, cx->actor.party, &p->me));
  p->call = name_called(p->me.name, p->me.lang);
  p->zones = zone_names(cx->arena);
  TRY(address_list(cx, cx->actor.party, &p->addresses));
  TRY(load_notes(cx, p));
  return load_owed(cx, p);
}

static Err show(Cx *cx, const Req *q, Res *res, AboutMe *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  TRY(page_begin(cx, q, res, tr(cx->lang, "What you know about me"), &s, &v));
  view_about_me_page(&v, &s, p);
  return E_OK;
}

/* A link to one conversation opens no memory; a link to the memory does. */
static bool for_these_eyes(const Cx *cx) { return !cx->actor.only_request || cx->actor.only_request == LINK_NO_REQUEST; }

static Err sign_in_first(Cx *cx, const Req *q, Res *res) {
  Shell s;
  View v;
  TRY(page_begin(cx, q, res, tr(cx->lang, "What you know about me"), &s, &v));
  view_about_sign_in(&v, &s);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) {
  AboutMe p = { .done = done_words(cx->lang, req_get(q, "done")) };
  if (!for_these_eyes(cx)) return sign_in_first(cx, q, res);
  TRY(load(cx, &p));
  return show(cx, q, res, &p);
}

static Err must_be_these_eyes(Cx *cx) {
  return for_these_eyes(cx) ? E_OK : fail(cx, E_DENIED, N_("The link in your mail opens one conversation. Sign in for what we know about you."));
}

/* ── changing ────────────────────────────────────────────────────────── */

static Err back(Cx *cx, Res *res, const char *done) { return res_redirect(cx, res, str_cat(cx->arena, S("/about-me?done="), str_z(done))); }

static Err refused(Cx *cx, const Req *q, Res *res, Err e) {
  AboutMe p = { 0 };
  if (!portal_refused(cx, res, e)) return e;
  TRY(load(cx, &p));
  return show(cx, q, res, &p);
}

static Err save(Cx *cx, const Req *q, Res *res) {
  TRY(must_be_these_eyes(cx));
  PartyNew in = { .name = req_form(q, "name"), .say_name = req_form(q, "say_name"), .pronouns = req_form(q, "pronouns"),
                  .phone = req_form(q, "phone"), .lang = req_form(q, "lang"), .zone = req_form(q, "zone") };
  if (in.lang.n && !str_eq(lang_tag(lang_find(in.lang)), in.lang)) in.lang = S("");
  Err e = !in.zone.n || when_zone_ok(in.zone) ? party_address_as(cx, cx->actor.party, &in)
        : res_wrong(cx, res, "zone", tr(cx->lang, "Choose a time zone from the list."));
  return e ? refused(cx, q, res, e) : back(cx, res, "saved");
}

static Err note_of(Cx *cx, const Req *q, int64_t *ret) {
  return req_param_int(q, "id", ret) ? E_OK : fail(cx, E_ABSENT, N_("There is no such note."));
}

static Err correct(Cx *cx, const Req *q, Res *res) {
  TRY(must_be_these_eyes(cx));
  int64_t id;
  TRY(note_of(cx, q, &id));
  Err e = memory_change(cx, id, req_form(q, "words"));
  return e ? refused(cx, q, res, e) : back(cx, res, "corrected");
}

static Err forget(Cx *cx, const Req *q, Res *res) {
  TRY(must_be_these_eyes(cx));
  int64_t id;
  TRY(note_of(cx, q, &id));
  TRY(memory_erase(cx, id));
  return back(cx, res, "forgotten");
}

static Err still(Cx *cx, const Req *q, Res *res) {
  TRY(must_be_these_eyes(cx));
  int64_t id;
  TRY(note_of(cx, q, &id));
  TRY(memory_confirm(cx, id));
  return back(cx, res, "still");
}

static Err allow(Cx *cx, const Req *q, Res *res) {
  TRY(must_be_these_eyes(cx));
  TRY(consent_set(cx, cx->actor.party, S("memory"), req_has(q, "memory")));
  TRY(consent_set(cx, cx->actor.party, S("verdicts"), req_has(q, "verdicts")));
  TRY(consent_set(cx, cx->actor.party, S("invitations"), req_has(q, "invitations")));
  return back(cx, res, "allowed");
}

static Err address_of(Cx *cx, const Req *q, Address *ret) {
  Rows mine;
  int64_t id = 0;
  TRY(address_list(cx, cx->actor.party, &mine));
  if (req_param_int(q, "id", &id))
    for (size_t i = 0; i < mine.n; i++)
      if (ROW(Address, mine, i)->id == id) { *ret = *ROW(Address, mine, i); return E_OK; }
  return fail(cx, E_ABSENT, N_("That is none of your addresses."));
}

static Err address_main(Cx *cx, const Req *q, Res *res) {
  TRY(must_be_these_eyes(cx));
  Address a;
  TRY(address_of(cx, q, &a));
  TRY(address_add(cx, cx->actor.party, a.value, true));
  return back(cx, res, "saved");
}

static Err address_gone(Cx *cx, const Req *q, Res *res) {
  TRY(must_be_these_eyes(cx));
  Address a;
  TRY(address_of(cx, q, &a));
  Err e = address_drop(cx, cx->actor.party, a.id);
  return e ? refused(cx, q, res, e) : back(cx, res, "saved");
}

/* ── taking it along, forgetting it all ──────────────────────────────── */

static Err take(Cx *cx, const Req *q, Res *res) {
  (void)q;
  TRY(must_be_these_eyes(cx));
  Buf all = { .arena = cx->arena };
  TRY(person_export(cx, cx->actor.party, &all));
  return res_file(cx, res, S("about-me.json"), S("application/json"), buf_str(&all));
}

static Err forget_page(Cx *cx, const Req *q, Res *res) {
  TRY(must_be_these_eyes(cx));
  Rows notes;
  Shell s;
  View v;
  TRY(memory_list(cx, cx->actor.party, &notes));
  TRY(page_begin(cx, q, res, tr(cx->lang, "Forget everything"), &s, &v));
  view_about_forget(&v, &s, notes.n);
  return E_OK;
}

static Err forget_all(Cx *cx, const Req *q, Res *res) {
  (void)q;
  TRY(must_be_these_eyes(cx));
  TRY(memory_erase_all(cx, cx->actor.party));
  return back(cx, res, "all");
}

#define ME .may = MAY_ASKER, .link = true
const Route about_me_routes[] = {
  { .verb = GET,  .path = "/about-me",                     .run = page,         ME, .about = "What we know about the reader" },
  { .verb = POST, .path = "/about-me",                     .run = save,         ME, .about = "How to address me" },
  { .verb = POST, .path = "/about-me/allow",               .run = allow,        ME, .about = "What I allow" },
  { .verb = GET,  .path = "/about-me/export",              .run = take,         ME, .cost = COST_HEAVY, .about = "Take it all with me" },
  { .verb = GET,  .path = "/about-me/forget",              .run = forget_page,  ME, .about = "What forgetting everything means" },
  { .verb = POST, .path = "/about-me/forget",              .run = forget_all,   ME, .about = "Forget everything" },
  { .verb = POST, .path = "/about-me/notes/{id}/correct",  .run = correct,      ME, .about = "Correct a note" },
  { .verb = POST, .path = "/about-me/notes/{id}/forget",   .run = forget,       ME, .about = "Forget a note" },
  { .verb = POST, .path = "/about-me/notes/{id}/still",    .run = still,        ME, .about = "It is still true" },
  { .verb = POST, .path = "/about-me/addresses/{id}/main", .run = address_main, ME, .about = "Write to this address" },
  { .verb = POST, .path = "/about-me/addresses/{id}/drop", .run = address_gone, ME, .about = "Remove an address" },
  { 0 }
};
