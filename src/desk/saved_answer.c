/* desk/saved_answer.c: see saved_answer.h. */
#include "desk/saved_answer.h"
#include "desk/party.h"
#include "text/lang.h"
#include "text/tidy.h"

enum { MOST = 500, TITLE = 200, WORDS = 20000 };

static const Col answer_cols[] = {
  COL(SavedAnswer, id), COL(SavedAnswer, team_id), COL(SavedAnswer, used), COL(SavedAnswer, changed_at), COL(SavedAnswer, dropped_at), COL(SavedAnswer, may),
  COL(SavedAnswer, title), COL(SavedAnswer, words), COL(SavedAnswer, lang), COL(SavedAnswer, team),
};
static const Shape answer_shape = SHAPE(SavedAnswer, answer_cols);

/* Of a team t: the viewer leads it, or looks after the desk and it is not closed to others. */
#define LEADS_ "(t.id IN (SELECT to_id FROM relationship WHERE from_id = ?1 AND kind = 'leads')" \
  " OR (t.closed = 0 AND EXISTS (SELECT 1 FROM relationship e WHERE e.from_id = ?1 AND e.kind = 'administers')))"
#define SEES_ "(s.owner_id = ?1 OR s.team_id IN (SELECT to_id FROM relationship WHERE from_id = ?1 AND kind IN ('serves','leads')) OR (t.id IS NOT NULL AND " LEADS_ "))"
#define ANSWERS_ "SELECT s.id, s.team_id, s.used, s.changed_at, s.dropped_at, CASE WHEN s.owner_id = ?1 OR (t.id IS NOT NULL AND " LEADS_ ") THEN 1 ELSE 0 END AS may," \
  " s.title, s.words, s.lang, t.name AS team FROM saved_answer s LEFT JOIN party t ON t.id = s.team_id"

static bool serves(const Cx *cx) { return !cx->actor.only_request && (cx->actor.serves || cx->actor.leads || cx->actor.administers); }

/* ── reading ─────────────────────────────────────────────────────────── */

static bool found(Cx *cx, const SavedAnswer *s, Str q) {
  Str in = tidy_lower(cx->arena, str_cat(cx->arena, s->title, S("\n"), s->words)), rest = tidy_lower(cx->arena, str_trim(q)), word;
  while (rest.n) {
    str_cut(rest, ' ', &word, &rest);
    if (str_find(in, word) == SIZE_MAX) return false;
  }
  return true;
}

Err saved_answer_list(Cx *cx, Str q, Rows *ret) {
  *ret = (Rows){ 0 };
  if (!serves(cx)) return E_OK;
  TRY(db_rows(cx, &answer_shape, ret, SQL(ANSWERS_ " WHERE s.dropped_at = 0 AND " SEES_ " ORDER BY lower(s.title), s.id LIMIT ?2"), V(cx->actor.party), V(MOST)));
  if (!str_trim(q).n) return E_OK;
  size_t n = 0;
  SavedAnswer *at = NEW_N(cx->arena, SavedAnswer, ret->n);
  for (size_t i = 0; i < ret->n; i++) if (found(cx, ROW(SavedAnswer, *ret, i), q)) at[n++] = *ROW(SavedAnswer, *ret, i);
  *ret = (Rows){ .at = at, .n = n };
  return E_OK;
}

Err saved_answer_get(Cx *cx, int64_t id, SavedAnswer *ret) {
  Err e = serves(cx) ? db_one(cx, &answer_shape, ret, SQL(ANSWERS_ " WHERE s.id = ?2 AND " SEES_), V(cx->actor.party), V(id)) : E_ABSENT;
  return e == E_ABSENT ? fail(cx, e, N_("There is no such saved answer that you may see.")) : e;
}

Err saved_answer_teams(Cx *cx, Rows *ret) {
  typedef struct { int64_t id; } Id;
  static const Col cols[] = { COL(Id, id) };
  static const Shape shape = SHAPE(Id, cols);
  Rows all, led;
  TRY(team_list(cx, &all));
  TRY(db_rows(cx, &shape, &led, SQL("SELECT t.id FROM party t WHERE t.kind = 'team' AND " LEADS_), V(cx->actor.party)));
  Party *at = NEW_N(cx->arena, Party, all.n);
  *ret = (Rows){ .at = at };
  for (size_t i = 0; i < all.n; i++)
    for (size_t k = 0; k < led.n; k++) if (ROW(Id, led, k)->id == ROW(Party, all, i)->id) at[ret->n++] = *ROW(Party, all, i);
  return E_OK;
}

Err saved_answer_of(Cx *cx, int64_t person, Rows *ret) {
  return db_rows(cx, &answer_shape, ret, SQL(ANSWERS_ " WHERE s.owner_id = ?1 AND s.dropped_at = 0 ORDER BY s.id"), V(person));
}

/* ── writing ─────────────────────────────────────────────────────────── */

static Err check(Cx *cx, const SavedAnswerNew *in) {
  if (!str_trim(in->title).n || in->title.n > TITLE) return fail_field(cx, "title", N_("Give it a name of a few words, to find it again."));
  if (!str_trim(in->words).n) return fail_field(cx, "words", N_("Write the words to keep."));
  if (in->words.n > WORDS) return fail_field(cx, "words", N_("That is too long to keep as one answer."));
  if (in->lang.n && !str_eq(lang_tag(lang_find(in->lang)), in->lang)) return fail_field(cx, "lang", N_("Choose a language from the list."));
  return E_OK;
}

static Err leads(Cx *cx, int64_t team) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM party t WHERE t.id = ?2 AND t.kind = 'team' AND " LEADS_), V(cx->actor.party), V(team)));
  return n ? E_OK : fail(cx, E_DENIED, N_("Only who leads a team makes saved answers for it."));
}

Err saved_answer_new(Cx *cx, const SavedAnswerNew *in, int64_t *ret_id) {
  if (!serves(cx)) return fail(cx, E_DENIED, N_("Only the people who serve keep saved answers."));
  TRY(check(cx, in));
  if (in->team_id) TRY(leads(cx, in->team_id));
  return db_int(cx, ret_id, SQL("INSERT INTO saved_answer(owner_id, team_id, title, words, lang, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id"),
    VID(in->team_id ? 0 : cx->actor.party), VID(in->team_id), V(tidy_line(cx->arena, in->title, TITLE)), V(tidy_text(cx->arena, in->words, WORDS)), V(in->lang), V(cx->now));
}

static Err mine(Cx *cx, int64_t id) {
  SavedAnswer s;
  TRY(saved_answer_get(cx, id, &s));
  return s.may ? E_OK : fail(cx, E_DENIED, N_("Only who leads the team changes its saved answers."));
}

Err saved_answer_change(Cx *cx, int64_t id, const SavedAnswerNew *in) {
  TRY(mine(cx, id));
  TRY(check(cx, in));
  return db_run(cx, SQL("UPDATE saved_answer SET title = ?2, words = ?3, lang = ?4, changed_at = ?5 WHERE id = ?1"),
                V(id), V(tidy_line(cx->arena, in->title, TITLE)), V(tidy_text(cx->arena, in->words, WORDS)), V(in->lang), V(cx->now));
}

Err saved_answer_drop(Cx *cx, int64_t id, bool back) {
  TRY(mine(cx, id));
  return db_run(cx, SQL("UPDATE saved_answer SET dropped_at = ?2 WHERE id = ?1"), V(id), V(back ? 0 : cx->now));
}

Err saved_answer_used(Cx *cx, Str ids) {
  Str one;
  for (int i = 0; ids.n && i < 20; i++) {
    int64_t id;
    str_cut(ids, ',', &one, &ids);
    if (str_int(one, &id))
      TRY(db_run(cx, SQL("UPDATE saved_answer SET used = used + 1 WHERE id = (SELECT s.id FROM saved_answer s LEFT JOIN party t ON t.id = s.team_id WHERE s.id = ?2 AND " SEES_ ")"),
                 V(cx->actor.party), V(id)));
  }
  return E_OK;
}

Err saved_answer_sweep(Cx *cx) { return db_run(cx, SQL("DELETE FROM saved_answer WHERE dropped_at > 0 AND dropped_at <= ?1"), V(cx->now - SAVED_ANSWER_BACK)); }

/* ── {{words}} ───────────────────────────────────────────────────────── */

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

/* The {{word}} that text begins with, *ret without its braces; bytes it takes, 0: there is none. */
static size_t hole(Str text, Str *ret) {
  if (!str_starts(text, S("{{"))) return 0;
  size_t from = 2, to;
  while (from < text.n && text.p[from] == ' ') from++;
  for (to = from; to < text.n && letter(text.p[to]); to++) {}
  size_t end = to;
  while (end < text.n && text.p[end] == ' ') end++;
  if (to == from || !str_starts(str_from(text, end), S("}}"))) return 0;
  *ret = str_head(str_from(text, from), to - from);
  return end + 2;
}

Str saved_answer_fill(Arena *a, Str words, const SavedValue *at, size_t n) {
  Buf b = { .arena = a };
  while (words.n) {
    Str name, value = S("");
    size_t len = hole(words, &name);
    for (size_t i = 0; len && i < n; i++) if (str_eq(name, str_z(at[i].name))) value = at[i].value;
    if (!len) len = 1;
    buf_add(&b, value.n ? value : str_head(words, len));
    words = str_from(words, len);
  }
  return buf_str(&b);
}

bool saved_answer_gap(Str text, Str *ret) {
  bool code = false;
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == '`') code = !code;
    if (!code && text.p[i] == '{' && hole(str_from(text, i), ret)) return true;
  }
  return false;
}
