/* web/pages/keys.c: the sheet of keys with what one may change of it, and all commands as a page of links. */
#include "web/pages/keys.h"
#include "text/lang.h"
#include "views.h"
#include "web/fault.h"
#include "web/pages/desk_page.h"

extern const Route keys_routes[];

static const char *field_of(Arena *a, const DeskKey *k) { return str_cstr(a, str_cat(a, S("key-"), str_z(k->name))); }

static Err draw(Cx *cx, const Req *q, Res *res, const Habit *typed, Str *fields) {
  Shell s;
  View v;
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Keys"), RAIL_NONE, &s, &v));
  KeysPage p = { .shown = keys_shown(cx->arena, cx->lang, &s), .habit = typed ? *typed : s.habit, .typed = fields, .wrong = &res->wrong, .done = desk_done(cx, q, S("")) };
  if (str_eq(q->part, S("sheet"))) { view_keys_part(&v, &s, &p); return E_OK; }
  if (!fields) p.typed = NEW_N(cx->arena, Str, p.shown.n);
  for (size_t i = 0; i < p.shown.n && !fields; i++) p.typed[i] = p.shown.at[i].now;
  view_keys_page(&v, &s, &p);
  return E_OK;
}

static Err page(Cx *cx, const Req *q, Res *res) { return draw(cx, q, res, NULL, NULL); }

/* ── what one changes ────────────────────────────────────────────────── */

typedef struct { KeysShown shown; Str *typed, *read; } Typed_;

static Err wrong(Cx *cx, Res *res, const DeskKey *k, Str why) { return res_wrong(cx, res, field_of(cx->arena, k), why); }

/* Every field that is no key, and every one that says the same as one before it. */
static Err check(Cx *cx, Res *res, const Typed_ *t) {
  Err bad = E_OK;
  for (size_t i = 0; i < t->shown.n; i++) {
    const KeyShown *k = &t->shown.at[i];
    if (!key_read(cx->arena, t->typed[i], &t->read[i])) {
      bad = wrong(cx, res, k->key, tr_f(cx->arena, cx->lang, "%s: write one letter or sign, or g and a letter. G alone begins those.", k->words));
      continue;
    }
    for (size_t j = 0; j < i; j++)
      if (keys_clash(t->read[i], t->read[j])) bad = wrong(cx, res, k->key, tr_f(cx->arena, cx->lang, "%1$s has the same key as %2$s.", k->words, t->shown.at[j].words));
  }
  return bad;
}

/* Only what differs from the table, so that a key we change later changes for everybody who did not choose. Rows this person
   does not get now keep what was chosen for them. */
static Str changed(Cx *cx, const Typed_ *t, Str before) {
  Buf b = { .arena = cx->arena };
  for (const DeskKey *k = desk_keys; k->name; k++) {
    Str now = key_now(k, before);
    for (size_t i = 0; i < t->shown.n; i++) if (t->shown.at[i].key == k) now = t->read[i];
    if (str_eq(now, str_z(k->key))) continue;
    buf_fmt(&b, "%s ", k->name);
    buf_add(&b, now);
    buf_char(&b, '\n');
  }
  return buf_str(&b);
}

static Err keep(Cx *cx, const Req *q, Res *res) {
  Habit h;
  TRY(habit_get(cx, cx->actor.party, &h));
  Shell s = { .actor = cx->actor, .habit = h };
  Typed_ t = { .shown = keys_shown(cx->arena, cx->lang, &s) };
  t.typed = NEW_N(cx->arena, Str, t.shown.n);
  t.read = NEW_N(cx->arena, Str, t.shown.n);
  h.told = 1;
  h.off = !req_form(q, "single").n;
  h.onward = req_form(q, "onward").n > 0;
  bool reset = req_form(q, "reset").n > 0;
  for (size_t i = 0; i < t.shown.n; i++) {
    const DeskKey *k = t.shown.at[i].key;
    t.typed[i] = reset ? str_z(k->key) : req_form(q, field_of(cx->arena, k));
  }
  Err e = check(cx, res, &t);
  if (e) { TRY(draw(cx, q, res, &h, t.typed)); return res_status(res, 422); }
  h.keys = reset ? S("") : changed(cx, &t, h.keys);
  TRY(habit_put(cx, cx->actor.party, &h));
  return res_redirect(cx, res, S("/keys?done=saved"));
}

/* Sent by the page when somebody presses a letter for the first time: whether they want that. */
static Err first(Cx *cx, const Req *q, Res *res) {
  Habit h;
  TRY(habit_get(cx, cx->actor.party, &h));
  h.told = 1;
  h.off = str_eq(req_form(q, "off"), S("1"));
  TRY(habit_put(cx, cx->actor.party, &h));
  return res_redirect(cx, res, S("/keys?done=saved"));
}

/* ── all commands ────────────────────────────────────────────────────── */

Str key_link(Arena *a, const KeyShown *k, Str at) {
  const DeskKey *key = k->key;
  if (key->here == HERE_ALL) return k->href;
  if (key->write[0]) return str_cat(a, link_with(a, at, "write", str_eq(str_z(key->write), S("reply")) ? S("") : str_z(key->write)), S("#write"));
  return key->press[0] ? str_cat(a, at, S("#"), str_z(key->press)) : at;
}

static Str conversation(Cx *cx, Str at) {
  Str head, query, rest;
  Form f;
  if (str_starts(at, S("/requests/"))) { str_cut(str_from(at, sizeof "/requests/" - 1), '?', &head, &rest); return str_find(head, S("/")) == SIZE_MAX ? head : S(""); }
  if (!str_cut(at, '?', &head, &query) || !str_eq(head, S("/inbox")) || form_parse(cx, query, &f) != E_OK) return S("");
  return form_get(&f, S("open"));
}

static Err commands(Cx *cx, const Req *q, Res *res) {
  Shell s;
  View v;
  Str at = link_with(cx->arena, req_get(q, "at"), "done", S(""));
  bool ours = str_starts(at, S("/")) && !str_starts(at, S("//")) && str_find(at, S("\\")) == SIZE_MAX;
  TRY(desk_begin(cx, q, res, tr(cx->lang, "Find or do"), RAIL_COMMANDS, &s, &v));
  Commands c = { .shown = keys_shown(cx->arena, cx->lang, &s), .at = ours ? at : S("") };
  c.ref = conversation(cx, c.at);
  view_commands_page(&v, &s, &c);
  return E_OK;
}

const Route keys_routes[] = {
  { .verb = GET,  .path = "/keys", .run = page, .may = MAY_PROVIDER, .about = "What can be done by keyboard" },
  { .verb = POST, .path = "/keys", .run = keep, .may = MAY_PROVIDER, .about = "Keys of one's own, or none" },
  { .verb = POST, .path = "/keys/first", .run = first, .may = MAY_PROVIDER, .about = "Whether single letters do things" },
  { .verb = GET,  .path = "/commands", .run = commands, .may = MAY_PROVIDER, .about = "Every page, and what can be done on the one before" },
  { 0 }
};
