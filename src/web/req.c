/* web/req.c: looking things up in a request, noting things in an answer. */
#include "web/req.h"
#include "base/log.h"

static const Pair *find(const Pairs *ps, const char *name) {
  Str n = str_z(name);
  for (size_t i = 0; i < ps->n; i++)
    if (str_eq(ps->at[i].name, n)) return &ps->at[i];
  return NULL;
}

static Str value(const Pairs *ps, const char *name) {
  const Pair *p = find(ps, name);
  return p ? p->value : S("");
}

Str req_param(const Req *q, const char *name) { return value(&q->params, name); }
Str req_get  (const Req *q, const char *name) { return value(&q->args, name); }
Str req_form (const Req *q, const char *name) { return value(&q->form, name); }
Str req_cookie(const Req *q, const char *name) { return value(&q->cookies, name); }
bool req_get_int (const Req *q, const char *name, int64_t *ret) { return str_int(req_get(q, name), ret); }
bool req_form_int(const Req *q, const char *name, int64_t *ret) { return str_int(str_trim(req_form(q, name)), ret); }
bool req_has(const Req *q, const char *name) { return find(&q->form, name) || find(&q->args, name); }

bool req_param_int(const Req *q, const char *name, int64_t *ret) {
  int64_t i;
  if (!str_int(req_param(q, name), &i) || i <= 0) return false;
  *ret = i;
  return true;
}

Pairs req_all(Arena *a, const Pairs *ps, const char *name) {
  Pairs all = { 0 };
  for (size_t i = 0; i < ps->n; i++)
    if (str_eq(ps->at[i].name, str_z(name))) vec_add(a, &all, ps->at[i]);
  return all;
}

static bool plain(Str s) {                       /* fit for a header's value */
  for (size_t i = 0; i < s.n; i++)
    if ((unsigned char)s.p[i] < 32 || s.p[i] == 127) return false;
  return true;
}

/* One slash, then not another and no backslash: "//host" and "/\host" lead a browser away. */
static bool here(Str where) {
  return where.n > 0 && where.p[0] == '/' && (where.n == 1 || (where.p[1] != '/' && where.p[1] != '\\')) && plain(where);
}

Err res_redirect(Cx *cx, Res *res, Str where) {
  res->status = 303;
  res->location = here(where) ? str_dup(cx->arena, where) : S("/");
  return E_OK;
}

Err res_status(Res *res, int status) { res->status = status; return E_OK; }

Err res_text(Res *res, int status, Str text) {
  res->status = status;
  res->type = S("text/plain; charset=utf-8");
  buf_add(&res->body, text);
  return E_OK;
}

Err res_json(Res *res, int status, Str json) {
  res->status = status;
  res->type = S("application/json");
  buf_add(&res->body, json);
  return E_OK;
}

/* RFC 6266: a plain name for old browsers, the true one percent-encoded. */
static Str disposition(Arena *a, Str name) {
  Buf b = { .arena = a };
  buf_add(&b, S("attachment; filename=\""));
  for (size_t i = 0; i < name.n; i++) {
    unsigned char c = (unsigned char)name.p[i];
    buf_char(&b, c < 32 || c > 126 || strchr("\"\\/%;", c) ? '_' : (char)c);
  }
  buf_add(&b, S("\"; filename*=UTF-8''"));
  for (size_t i = 0; i < name.n; i++) {
    unsigned char c = (unsigned char)name.p[i];
    if ((c | 32) >= 'a' && (c | 32) <= 'z') buf_char(&b, (char)c);
    else if ((c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_') buf_char(&b, (char)c);
    else buf_fmt(&b, "%%%02X", c);
  }
  return buf_str(&b);
}

Err res_file(Cx *cx, Res *res, Str name, Str type, Str bytes) {
  res->status = 200;
  res->type = type.n && plain(type) ? type : S("application/octet-stream");
  res->disposition = disposition(cx->arena, name.n ? name : S("file"));
  res->csp = S("default-src 'none'; sandbox");
  res->bytes = bytes;
  return E_OK;
}

Err res_wrong(Cx *cx, Res *res, const char *field, Str detail) {
  vec_add(cx->arena, &res->wrong, (Pair){ str_z(field), str_dup(cx->arena, detail) });
  return fail_field(cx, field, STR_FMT, STR_ARG(detail));
}

void res_cookie(Cx *cx, Res *res, const char *name, Str v, int64_t seconds) {
  Buf b = { .arena = cx->arena };
  buf_add(&b, v);
  buf_add(&b, S("; Path=/; HttpOnly; SameSite=Lax"));
  if (seconds != 0) buf_fmt(&b, "; Max-Age=%lld", (long long)(seconds < 0 ? 0 : seconds));
  vec_add(cx->arena, &res->cookies, (Pair){ str_z(name), buf_str(&b) });    /* Secure: server.c, which knows the scheme */
}

void res_header(Cx *cx, Res *res, const char *name, Str v) {
  if (!plain(v)) { log_warn("header %s left out: control bytes in its value", name); return; }
  vec_add(cx->arena, &res->headers, (Pair){ str_z(name), str_dup(cx->arena, v) });
}
