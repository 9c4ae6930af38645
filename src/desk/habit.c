/* desk/habit.c: see habit.h. */
#include "desk/habit.h"

Err habit_get(Cx *cx, int64_t party, Habit *ret) {
  static const Col cols[] = { COL(Habit, off), COL(Habit, told), COL(Habit, onward), COL(Habit, keys) };
  static const Shape shape = SHAPE(Habit, cols);
  *ret = (Habit){ .keys = S("") };
  Err e = db_one(cx, &shape, ret, SQL("SELECT off, told, onward, keys FROM habit WHERE party_id = ?1"), V(party));
  return e == E_ABSENT ? E_OK : e;
}

Err habit_put(Cx *cx, int64_t party, const Habit *h) {
  if (h->keys.n > HABIT_KEYS_MAX) return fail(cx, E_TOO_LARGE, "Those are too many keys.");
  return db_run(cx, SQL("INSERT INTO habit(party_id, off, told, onward, keys) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (party_id) DO UPDATE"
                        " SET off = excluded.off, told = excluded.told, onward = excluded.onward, keys = excluded.keys"),
                V(party), V(h->off), V(h->told), V(h->onward), V(h->keys));
}
