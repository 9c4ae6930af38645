#include "fuzz.h"
#include "text/json.h"

static void write_again(JsonOut *w, const Json *j) {
  switch (j->kind) {
    case JSON_IS_NULL:   json_put_null(w); break;
    case JSON_IS_BOOL:   json_put_bool(w, j->truth); break;
    case JSON_IS_INT:    json_put_int(w, j->whole); break;
    case JSON_IS_NUMBER: json_put_double(w, j->number); break;
    case JSON_IS_STR:    json_put_str(w, j->text); break;
    case JSON_IS_LIST:   json_arr(w); for (size_t i = 0; i < j->n; i++) write_again(w, &j->at[i]); json_end(w); break;
    case JSON_IS_OBJ:
      json_obj(w);
      for (size_t i = 0; i < j->n; i++) { json_name(w, str_cstr(w->to->arena, j->at[i].name)); write_again(w, &j->at[i]); }
      json_end(w);
      break;
  }
}

/* What is read is written, read and written again the same. */
void fuzz_one(Arena *a, Str in) {
  Cx cx = { .arena = a };
  const Json *j, *again;
  Buf once = { .arena = a }, twice = { .arena = a };
  JsonOut w = { .to = &once };
  if (json_read(&cx, in, &j)) { HOLDS(cx.why.n && str_utf8_ok(cx.why)); return; }
  write_again(&w, j);
  HOLDS(str_utf8_ok(buf_str(&once)));
  HOLDS(json_read(&cx, buf_str(&once), &again) == E_OK);
  w = (JsonOut){ .to = &twice };
  write_again(&w, again);
  HOLDS(str_eq(buf_str(&once), buf_str(&twice)));
}
