/* desk/export_desk.c: see export_desk.h. */
#include "desk/export_desk.h"
#include "desk/bar.h"
#include "desk/draft.h"
#include "desk/habit.h"
#include "desk/pledge.h"
#include "desk/saved_answer.h"
#include "desk/work.h"
#include "desk/worth.h"

/* ── agreed with a customer ──────────────────────────────────────────── */

static Err put_pledges(Cx *cx, int64_t person, JsonOut *w) {
  Rows rows;
  TRY(pledge_of(cx, person, &rows));
  JSON_ARR(w, "your_promises");
  for (size_t i = 0; i < rows.n; i++) {
    const Pledge *p = ROW(Pledge, rows, i);
    json_obj(w);
    JSON(w, "words", p->words);
    JSON(w, "promised_by", p->promiser);
    JSON_TIME(w, "due", p->due_at);
    JSON_TIME(w, "agreed", p->agreed_at);
    JSON_TIME(w, "done", p->done_at);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_bars(Cx *cx, int64_t person, JsonOut *w) {
  Rows rows;
  TRY(bar_of(cx, person, &rows));
  JSON_ARR(w, "bars_you_set");
  for (size_t i = 0; i < rows.n; i++) {
    const Bar *b = ROW(Bar, rows, i);
    json_obj(w);
    JSON(w, "words", b->words);
    JSON(w, "measure", b->measure);
    JSON(w, "seconds", b->seconds);
    JSON_TIME(w, "since", b->since);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_worth(Cx *cx, int64_t person, JsonOut *w) {
  Rows rows;
  TRY(ledger_of(cx, person, &rows));
  JSON_ARR(w, "worth");
  for (size_t i = 0; i < rows.n; i++) {
    const LedgerLine *l = ROW(LedgerLine, rows, i);
    json_obj(w);
    JSON(w, "words", l->words);
    JSON(w, "kind", l->value_kind);
    JSON(w, "hundredths", l->amount);
    JSON(w, "currency", l->currency);
    JSON(w, "written_by", l->proposer);
    JSON(w, "confirmed_by", l->confirmer);
    JSON_TIME(w, "confirmed", l->confirmed_at);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_work(Cx *cx, int64_t person, JsonOut *w) {
  Rows rows;
  TRY(work_of(cx, person, &rows));
  JSON_ARR(w, "time_you_wrote_down");
  for (size_t i = 0; i < rows.n; i++) {
    const WorkLine *l = ROW(WorkLine, rows, i);
    json_obj(w);
    JSON(w, "minutes", l->minutes);
    JSON(w, "note", l->note);
    JSON_TIME(w, "at", l->at);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

/* ── written at the desk ─────────────────────────────────────────────── */

static Err put_drafts(Cx *cx, int64_t person, JsonOut *w) {
  Rows rows;
  TRY(draft_of(cx, person, &rows));
  JSON_ARR(w, "drafts");
  for (size_t i = 0; i < rows.n; i++) {
    const Draft *d = ROW(Draft, rows, i);
    json_obj(w);
    JSON(w, "request", request_ref(cx->arena, d->request_id));
    JSON(w, "kind", d->kind);
    JSON(w, "text", d->text);
    JSON(w, "due", d->due);
    JSON(w, "conditions", d->conditions);
    JSON(w, "who_can_help", d->where_else);
    JSON(w, "copies", d->copies);
    JSON_TIME(w, "at", d->at);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_saved_answers(Cx *cx, int64_t person, JsonOut *w) {
  Rows rows;
  TRY(saved_answer_of(cx, person, &rows));
  JSON_ARR(w, "saved_answers");
  for (size_t i = 0; i < rows.n; i++) {
    const SavedAnswer *s = ROW(SavedAnswer, rows, i);
    json_obj(w);
    JSON(w, "title", s->title);
    JSON(w, "words", s->words);
    JSON(w, "language", s->lang);
    json_end(w);
  }
  json_end(w);
  return E_OK;
}

static Err put_habit(Cx *cx, int64_t person, JsonOut *w) {
  Habit h;
  TRY(habit_get(cx, person, &h));
  JSON_OBJ(w, "habits");
  JSON(w, "single_letters_do_nothing", h.off > 0);
  JSON(w, "next_opens_after_an_answer", h.onward > 0);
  JSON(w, "own_keys", h.keys);
  json_end(w);
  return E_OK;
}

/* ── all of it ───────────────────────────────────────────────────────── */

Err export_agreed(Cx *cx, int64_t person, JsonOut *w) {
  TRY(put_pledges(cx, person, w));
  TRY(put_bars(cx, person, w));
  TRY(put_worth(cx, person, w));
  return put_work(cx, person, w);
}

Err export_own(Cx *cx, int64_t person, JsonOut *w) {
  TRY(put_drafts(cx, person, w));
  TRY(put_saved_answers(cx, person, w));
  return put_habit(cx, person, w);
}
