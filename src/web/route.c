/* web/route.c: which row a path and verb mean, and who may. Pure; dispatch is in gate.c. */
#include "web/route.h"

Str may_name(May m) {
  static const char *const names[] = { "nobody", "anyone", "asker", "provider", "lead", "admin" };
  return str_z(names[m]);
}

Str verb_name(Verb v) {
  static const char *const names[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
  return str_z(names[v]);
}

/* "{id}" takes one segment, "{rest*}" all that is left, slashes and all; neither takes nothing. */
bool route_fits(Arena *a, Str pattern, Str path, Pairs *ret) {
  Pairs params = { 0 };
  for (;;) {
    Str want, have, rest = path;
    bool more = str_cut(pattern, '/', &want, &pattern), also = str_cut(path, '/', &have, &path);
    bool hole = want.n > 2 && want.p[0] == '{';
    if (hole && want.p[want.n - 2] == '*') {
      if (rest.n == 0) return false;
      vec_add(a, &params, (Pair){ { want.p + 1, want.n - 3 }, rest });
      *ret = params;
      return true;
    }
    if (hole ? have.n == 0 : !str_eq(want, have)) return false;
    if (hole) vec_add(a, &params, (Pair){ { want.p + 1, want.n - 2 }, have });
    if (more != also) return false;
    if (!more) { *ret = params; return true; }
  }
}

/* What stands before the first hole must be there: most rows are told apart by it. */
static bool begins(const char *pattern, Str path) {
  size_t n = strcspn(pattern, "{");
  return path.n >= n && memcmp(pattern, path.p, n) == 0;
}

Err route_find(Cx *cx, Verb verb, Str path, const Route **ret, Pairs *ret_params, Str *ret_allow) {
  bool fits[VERB_COUNT] = { 0 }, any = false;
  for (size_t i = 0, n = route_count(); i < n; i++) {
    const Route *r = route_at(i);
    if (!begins(r->path, path) || !route_fits(cx->arena, str_z(r->path), path, ret_params)) continue;
    if (r->verb == verb) { *ret = r; return E_OK; }
    fits[r->verb] = any = true;
  }
  if (!any) return fail(cx, E_ABSENT, N_("There is nothing at this address."));
  Buf allow = { .arena = cx->arena };
  for (Verb v = GET; v < VERB_COUNT; v++)
    if (fits[v]) buf_fmt(&allow, "%s" STR_FMT "%s", allow.n ? ", " : "", STR_ARG(verb_name(v)), v == GET ? ", HEAD" : "");
  *ret_allow = buf_str(&allow);
  return fail(cx, E_METHOD, "This address takes " STR_FMT " only.", STR_ARG(*ret_allow));
}

bool may_pass(May may, const Actor *who) {
  bool inside = who->party && !who->only_request;
  switch (may) {
    case MAY_NOBODY:   return false;
    case MAY_ANYONE:   return true;
    case MAY_ASKER:    return who->party != 0;
    case MAY_PROVIDER: return inside && (who->serves || who->leads || who->administers);
    case MAY_LEAD:     return inside && (who->leads || who->administers);
    case MAY_ADMIN:    return inside && who->administers;
  }
  return false;
}
