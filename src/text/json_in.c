/* text/json_in.c: the reading half of json.h. jansson parses, its tree is copied into the arena and freed at once. */
#include "text/json.h"
#include <jansson.h>
#include <math.h>
#include "text/caps.h"

/* Nesting is measured first: jansson recurses, and its own limit is deeper than ours. */
static bool too_deep(Str s) {
  int depth = 0;
  bool quoted = false;
  for (size_t i = 0; i < s.n; i++) {
    char c = s.p[i];
    if (quoted) {
      if (c == '\\') i++;
      else if (c == '"') quoted = false;
    } else if (c == '"') quoted = true;
    else if (c == '[' || c == '{') { if (++depth > CAP_JSON_DEPTH) return true; }
    else if (c == ']' || c == '}') depth--;
  }
  return false;
}

static void copy(Arena *a, json_t *from, Json *to);

static void copy_list(Arena *a, json_t *from, Json *to) {
  size_t n = json_array_size(from);
  Json *at = NEW_N(a, Json, n);
  for (size_t i = 0; i < n; i++) copy(a, json_array_get(from, i), &at[i]);
  *to = (Json){ .kind = JSON_IS_LIST, .at = at, .n = n };
}

static void copy_object(Arena *a, json_t *from, Json *to) {
  Json *at = NEW_N(a, Json, json_object_size(from));
  size_t n = 0;
  for (void *i = json_object_iter(from); i; i = json_object_iter_next(from, i), n++) {
    copy(a, json_object_iter_value(i), &at[n]);
    at[n].name = str_dup(a, (Str){ json_object_iter_key(i), json_object_iter_key_len(i) });
  }
  *to = (Json){ .kind = JSON_IS_OBJ, .at = at, .n = n };
}

static void copy(Arena *a, json_t *from, Json *to) {
  switch (json_typeof(from)) {
    case JSON_OBJECT:  copy_object(a, from, to); return;
    case JSON_ARRAY:   copy_list(a, from, to); return;
    case JSON_STRING:
      *to = (Json){ .kind = JSON_IS_STR, .text = str_dup(a, (Str){ json_string_value(from), json_string_length(from) }) };
      return;
    case JSON_INTEGER:
      *to = (Json){ .kind = JSON_IS_INT, .whole = json_integer_value(from), .number = (double)json_integer_value(from) };
      return;
    case JSON_REAL:    *to = (Json){ .kind = JSON_IS_NUMBER, .number = json_real_value(from) }; return;
    case JSON_TRUE:    *to = (Json){ .kind = JSON_IS_BOOL, .truth = true }; return;
    case JSON_FALSE:   *to = (Json){ .kind = JSON_IS_BOOL }; return;
    case JSON_NULL:    *to = (Json){ .kind = JSON_IS_NULL }; return;
  }
}

Err json_read(Cx *cx, Str text, const Json **ret) {
  if (text.n > CAP_JSON_BYTES) return fail(cx, E_TOO_LARGE, "The JSON is larger than %d bytes.", CAP_JSON_BYTES);
  if (too_deep(text)) return fail(cx, E_MALFORMED, "The JSON is nested deeper than %d levels.", CAP_JSON_DEPTH);
  if (str_trim(text).n == 0) return fail(cx, E_MALFORMED, "The JSON is empty.");
  json_error_t bad;
  text = str_utf8_fix(cx->arena, text);
  json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &bad);
  if (!root) {
    Str what = str_utf8_fix(cx->arena, str_z(bad.text));
    if (str_starts(what, S("\\u0000"))) what = S("\\u0000 is not allowed");
    return fail(cx, E_MALFORMED, "The JSON is not well formed at line %d, column %d: " STR_FMT ".", bad.line, bad.column, STR_ARG(what));
  }
  Json *to = NEW(cx->arena, Json);
  copy(cx->arena, root, to);
  json_decref(root);
  *ret = to;
  return E_OK;
}

Err json_read_object(Cx *cx, Str text, const Json **ret) {
  const Json *root;
  TRY(json_read(cx, text, &root));
  if (root->kind != JSON_IS_OBJ) return fail(cx, E_MALFORMED, "The JSON must be an object, { … }.");
  *ret = root;
  return E_OK;
}

const Json *json_get(const Json *object, const char *name) {
  if (!object || object->kind != JSON_IS_OBJ) return NULL;
  for (size_t i = 0; i < object->n; i++) if (str_eq(object->at[i].name, str_z(name))) return &object->at[i];
  return NULL;
}

bool json_has(const Json *object, const char *name) {
  const Json *j = json_get(object, name);
  return j && j->kind != JSON_IS_NULL;
}

/* The member if there is something in it, else NULL: then the caller's value stays. */
static const Json *given(const Json *object, const char *name) {
  return json_has(object, name) ? json_get(object, name) : NULL;
}

Err json_str(Cx *cx, const Json *object, const char *name, Str *ret) {
  const Json *j = given(object, name);
  if (!j) return E_OK;
  if (j->kind != JSON_IS_STR) return fail_field(cx, name, "“%s” must be text in quotes.", name);
  *ret = j->text;
  return E_OK;
}

Err json_int(Cx *cx, const Json *object, const char *name, int64_t *ret) {
  const Json *j = given(object, name);
  if (!j) return E_OK;
  bool whole = j->kind == JSON_IS_INT || (j->kind == JSON_IS_NUMBER && fabs(j->number) <= 9007199254740992.0 && trunc(j->number) == j->number);
  if (!whole) return fail_field(cx, name, "“%s” must be a whole number.", name);
  *ret = j->kind == JSON_IS_INT ? j->whole : (int64_t)j->number;
  return E_OK;
}

Err json_double(Cx *cx, const Json *object, const char *name, double *ret) {
  const Json *j = given(object, name);
  if (!j) return E_OK;
  if (j->kind != JSON_IS_INT && j->kind != JSON_IS_NUMBER) return fail_field(cx, name, "“%s” must be a number.", name);
  *ret = j->number;
  return E_OK;
}

Err json_bool(Cx *cx, const Json *object, const char *name, bool *ret) {
  const Json *j = given(object, name);
  if (!j) return E_OK;
  if (j->kind != JSON_IS_BOOL) return fail_field(cx, name, "“%s” must be true or false.", name);
  *ret = j->truth;
  return E_OK;
}

Err json_time(Cx *cx, const Json *object, const char *name, int64_t *ret) {
  const Json *j = given(object, name);
  if (!j) return E_OK;
  if (j->kind != JSON_IS_STR || !clock_parse(j->text, ret))
    return fail_field(cx, name, "“%s” must be an instant like 2026-05-14T13:31:04Z.", name);
  return E_OK;
}

Err json_list(Cx *cx, const Json *object, const char *name, const Json **ret, size_t *ret_n) {
  const Json *j = given(object, name);
  if (!j) return E_OK;
  if (j->kind != JSON_IS_LIST) return fail_field(cx, name, "“%s” must be a list, [ … ].", name);
  *ret = j->at;
  *ret_n = j->n;
  return E_OK;
}

Err json_strs(Cx *cx, const Json *object, const char *name, Str **ret, size_t *ret_n) {
  const Json *at = NULL;
  size_t n = 0;
  if (!given(object, name)) return E_OK;
  TRY(json_list(cx, object, name, &at, &n));
  Str *texts = NEW_N(cx->arena, Str, n);
  for (size_t i = 0; i < n; i++) {
    if (at[i].kind != JSON_IS_STR) return fail_field(cx, name, "“%s” must be a list of texts.", name);
    texts[i] = at[i].text;
  }
  *ret = texts;
  *ret_n = n;
  return E_OK;
}

Err json_object_of(Cx *cx, const Json *object, const char *name, const Json **ret) {
  const Json *j = given(object, name);
  if (!j) return E_OK;
  if (j->kind != JSON_IS_OBJ) return fail_field(cx, name, "“%s” must be an object, { … }.", name);
  *ret = j;
  return E_OK;
}

Err json_only(Cx *cx, const Json *object, const char *const *names) {
  for (size_t i = 0; i < object->n; i++) {
    bool known = false;
    for (size_t k = 0; names[k]; k++) known = known || str_eq(object->at[i].name, str_z(names[k]));
    const char *name = str_cstr(cx->arena, str_utf8_head(object->at[i].name, 60));
    if (!known) return fail_field(cx, name, "“%s” is not a field of this call.", name);
  }
  return E_OK;
}
