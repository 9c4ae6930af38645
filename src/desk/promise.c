/* desk/promise.c: see promise.h. */
#include "desk/promise.h"
#include "base/zone.h"
#include "text/json.h"

static const Col promise_cols[] = {
  COL(Promise, id), COL(Promise, request_id), COL(Promise, version), COL(Promise, promiser_id), COL(Promise, due_at), COL(Promise, offered_at),
  COL(Promise, from_at), COL(Promise, until_at), COL(Promise, state), COL(Promise, zone), COL(Promise, conditions), COL(Promise, words),
  COL(Promise, promiser),
};
static const Shape promise_shape = SHAPE(Promise, promise_cols);
#define PROMISE_COLS "p.id, p.request_id, p.version, p.promiser_id, p.due_at, p.offered_at, p.from_at, p.until_at, p.state, p.zone," \
  " p.conditions, p.words, (SELECT name FROM party WHERE id = p.promiser_id) AS promiser"

Err promise_list(Cx *cx, int64_t request_id, Rows *ret) {
  return db_rows(cx, &promise_shape, ret,
    SQL("SELECT " PROMISE_COLS " FROM promise p WHERE p.request_id = ?1 ORDER BY p.version DESC"), V(request_id));
}

Err promise_in_force(Cx *cx, const Request *r, Promise *ret) {
  return db_one(cx, &promise_shape, ret, SQL("SELECT " PROMISE_COLS " FROM promise p WHERE p.id = ?1"), V(r->promise_id));
}

Err promise_offered(Cx *cx, int64_t request_id, Promise *ret) {
  return db_one(cx, &promise_shape, ret,
    SQL("SELECT " PROMISE_COLS " FROM promise p WHERE p.request_id = ?1 AND p.state = 'offered' ORDER BY p.version DESC LIMIT 1"), V(request_id));
}

Err promise_conditions(Cx *cx, const Promise *p, Str **ret, size_t *ret_n) {
  const Json *list;
  TRY(json_read(cx, p->conditions, &list));
  *ret = NEW_N(cx->arena, Str, list->n);
  *ret_n = 0;
  for (size_t i = 0; i < list->n; i++)
    if (list->at[i].kind == JSON_IS_STR) (*ret)[(*ret_n)++] = list->at[i].text;
  return E_OK;
}

static Str conditions_json(Cx *cx, const PromiseNew *in) {
  Buf b = { .arena = cx->arena };
  JsonOut w = { .to = &b };
  json_arr(&w);
  for (size_t i = 0; i < in->n; i++)
    if (str_trim(in->conditions[i]).n) json_put_str(&w, str_head(str_trim(in->conditions[i]), 1000));
  json_end(&w);
  return buf_str(&b);
}

Err promise_new(Cx *cx, int64_t request_id, const PromiseNew *in, int64_t *ret_id) {
  return db_int(cx, ret_id,
    SQL("INSERT INTO promise(request_id, version, state, promiser_id, due_at, zone, conditions, words, offered_at, from_at, tzdata)"
        " VALUES (?1, (SELECT COALESCE(MAX(version), 0) + 1 FROM promise WHERE request_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id"),
    V(request_id), V(in->offered ? S("offered") : S("in force")), VID(in->promiser), V(in->due), V(cx->zone), V(conditions_json(cx, in)),
    V(str_head(in->words, 20000)), V(in->at), V(in->offered ? (int64_t)0 : in->at), V(zone_version()));
}

Err promise_state(Cx *cx, int64_t id, Str state, int64_t at) {
  if (str_eq(state, S("in force")))
    return db_run(cx, SQL("UPDATE promise SET state = ?2, from_at = CASE WHEN from_at = 0 THEN ?3 ELSE from_at END, until_at = 0 WHERE id = ?1"),
                  V(id), V(state), V(at));
  return db_run(cx, SQL("UPDATE promise SET state = ?2, until_at = ?3 WHERE id = ?1"), V(id), V(state), V(at));
}
