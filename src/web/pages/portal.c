/* web/pages/portal.c: see portal.h. */
#include "web/pages/portal.h"
#include "desk/link.h"
#include "desk/message.h"
#include "desk/once.h"
#include "text/when.h"
#include "web/fault.h"

Str portal_let_in(Cx *cx, int64_t request, int64_t party) {
  Link l = { .to = LINK_PAGE, .party = party, .request = request, .ends_at = cx->now + DAY };
  return str_cat(cx->arena, S("/k/"), link_make(cx->arena, cx->site, &l), S("?done=asked"));
}

/* ── where it stands ─────────────────────────────────────────────────── */

static Stand looking(const Request *r, int64_t now) {
  return r->hear_at && now > r->hear_at && !r->owner_id ? STAND_LATE : STAND_LOOKING;
}

Stand portal_stand(const Request *r, int64_t now) {
  bool theirs = loop_side_of(r->ball) == LOOP_CUSTOMER;
  switch (loop_state_of(r->state)) {
    case LOOP_COUNTERED: return STAND_OFFER;
    case LOOP_REVOKED:   return STAND_REVOKED;
    case LOOP_PROMISED:  return theirs ? STAND_ASKED : r->due_at < now ? STAND_OVERDUE : STAND_PROMISED;
    case LOOP_AMENDING:  return theirs ? STAND_ASKED : STAND_CHANGING;
    case LOOP_REPORTED:  return theirs ? STAND_REPORTED : STAND_READING;
    case LOOP_ACCEPTED:  return STAND_SORTED;
    case LOOP_DECLINED:  return STAND_DECLINED;
    case LOOP_WITHDRAWN: return STAND_WITHDRAWN;
    case LOOP_LAPSED:    return STAND_RESTING;
    default:             return theirs ? STAND_ASKED : looking(r, now);
  }
}

bool portal_waits(Stand s) {
  return s == STAND_ASKED || s == STAND_OFFER || s == STAND_REPORTED || s == STAND_REVOKED;
}

Str portal_tel(Arena *a, Str phone) {
  Buf b = { .arena = a };
  buf_add(&b, S("tel:"));
  for (size_t i = 0; i < phone.n; i++)
    if ((phone.p[i] >= '0' && phone.p[i] <= '9') || (phone.p[i] == '+' && b.n == 4)) buf_char(&b, phone.p[i]);
  return buf_str(&b);
}

/* ── forms ───────────────────────────────────────────────────────────── */

bool portal_refused(Cx *cx, Res *res, Err e) {
  if (e != E_INVALID && e != E_CONFLICT && e != E_DENIED) return false;
  res->status = err_http(e);
  if (e == E_INVALID && res->wrong.n) return true;              /* noted already */
  vec_add(cx->arena, &res->wrong, (Pair){ cx->field.n ? cx->field : S("text"), fault_why(cx) });
  return true;
}

/* "17:00" in minutes of the day; false: no such hour. */
static bool minutes(Str hour, int *ret) {
  Str h, m;
  int64_t hours, mins;
  if (!str_cut(hour, ':', &h, &m) || !str_int(h, &hours) || !str_int(str_head(m, 2), &mins)) return false;
  if (hours < 0 || hours > 23 || mins < 0 || mins > 59) return false;
  *ret = (int)(hours * 60 + mins);
  return true;
}

/* A day, and an hour or else this minute of it. 0: neither was said. */
static Err typed_hour(Cx *cx, const Req *q, Res *res, const char *name, int minute, int64_t *ret) {
  Str day = str_trim(req_form(q, name)), hour = str_trim(req_form(q, str_cstr(cx->arena, str_cat(cx->arena, str_z(name), S("-hour")))));
  *ret = 0;
  if (!day.n && !hour.n) return E_OK;
  if (!day.n) return res_wrong(cx, res, name, tr(cx->lang, "Choose the day as well."));
  if ((hour.n && !minutes(hour, &minute)) || !when_read_day(cx->zone, day, minute, ret))
    return res_wrong(cx, res, name, tr(cx->lang, "Write the day like 2026-05-22, and the hour like 17:00."));
  return E_OK;
}

Err portal_hour(Cx *cx, const Req *q, Res *res, const char *name, int64_t *ret) {
  TRY(typed_hour(cx, q, res, name, 17 * 60, ret));
  if (*ret && *ret <= cx->now) return res_wrong(cx, res, name, tr(cx->lang, "That has passed. Choose a day that is still to come."));
  return E_OK;
}

Err portal_since(Cx *cx, const Req *q, Res *res, const char *name, int64_t *ret) {
  TRY(typed_hour(cx, q, res, name, 9 * 60, ret));
  if (*ret > cx->now) return res_wrong(cx, res, name, tr(cx->lang, "That is still to come. Say when it began."));
  return E_OK;
}

static Str once_key(Cx *cx, const Req *q) {
  Str once = str_head(req_form(q, "once"), 60);
  return once.n ? str_cat(cx->arena, S("form:"), once) : once;
}

/* Other words under the same key (the way back and another question) are a question of their own. */
Err portal_once(Cx *cx, const Req *q, int64_t party, Str *ret_location) {
  bool found = false;
  Once before = { 0 };
  Str key = once_key(cx, q);
  *ret_location = S("");
  if (!key.n) return E_OK;
  Err e = once_find(cx, party, key, q->path, req_form(q, "text"), &found, &before);
  if (e == E_CONFLICT) return E_OK;
  TRY(e);
  if (found) *ret_location = before.location;
  return E_OK;
}

Err portal_once_keep(Cx *cx, const Req *q, int64_t party, Str location) {
  bool found = false;
  Once o = { .status = 303, .location = location };
  Str key = once_key(cx, q);
  if (!key.n) return E_OK;
  Err e = once_find(cx, party, key, q->path, req_form(q, "text"), &found, &(Once){ 0 });
  if (e == E_CONFLICT || (!e && found)) return E_OK;
  TRY(e);
  return once_keep(cx, party, key, q->path, req_form(q, "text"), &o);
}

Err portal_files(Cx *cx, const Req *q, const char *name, int64_t request, Ids *ret) {
  for (size_t i = 0; i < q->uploads.n; i++) {
    const Upload *u = &q->uploads.at[i];
    int64_t id;
    if (!str_eq(u->field, str_z(name))) continue;
    TRY(attachment_new(cx, request, u->name, u->type, S(""), u->bytes, &id));
    vec_add(cx->arena, ret, id);
  }
  return E_OK;
}
