/* web/api/saved_answers.c: see saved_answers.h. */
#include "web/api/saved_answers.h"
#include "desk/saved_answer.h"

Err api_saved_answers_get(Cx *cx, const Req *q, Res *res) {
  Rows rows;
  TRY(saved_answer_list(cx, req_get(q, "q"), &rows));
  JsonOut w = api_begin(res);
  JSON_ARR(&w, "items");
  for (size_t i = 0; i < rows.n; i++) {
    const SavedAnswer *s = ROW(SavedAnswer, rows, i);
    json_obj(&w);
    JSON(&w, "id", s->id);
    JSON(&w, "title", s->title);
    JSON(&w, "words", s->words);
    JSON(&w, "language", s->lang);
    api_put_named(&w, "team", s->team_id, s->team);
    JSON(&w, "sent", s->used);
    JSON_TIME(&w, "changed", s->changed_at);
    json_end(&w);
  }
  json_end(&w);
  json_name(&w, "next");
  json_put_null(&w);
  return api_end(&w, res, 200);
}
