/* desk/setting.c: see setting.h. */
#include "desk/setting.h"

Err setting_get(Cx *cx, Str name, Str *ret) {
  typedef struct { Str value; } Value;
  static const Col cols[] = { COL(Value, value) };
  static const Shape shape = SHAPE(Value, cols);
  Value v = { S("") };
  Err e = db_one(cx, &shape, &v, SQL("SELECT value FROM setting WHERE name = ?1"), V(name));
  *ret = v.value;
  return e == E_ABSENT ? E_OK : e;
}

Err setting_set(Cx *cx, Str name, Str value) {
  return db_run(cx, SQL("INSERT INTO setting(name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value"),
                V(name), V(value));
}

Err setting_place(Cx *cx, Str *ret_name) {
  TRY(setting_get(cx, S("place.name"), ret_name));
  if (!ret_name->n) *ret_name = S("Cornerdesk");
  return E_OK;
}
