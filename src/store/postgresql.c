/* store/postgresql.c: the back end for many nodes. */
#include "store/backend.h"

static Err check(Cx *cx, Store *st) { (void)st; return fail(cx, E_INVALID, "This program was built without PostgreSQL."); }

const Backend postgresql_backend = {
  .kind = STORE_POSTGRESQL, .scheme = { "postgresql://", 13 }, .check = check,
};
