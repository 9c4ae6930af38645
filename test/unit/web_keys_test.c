/* The table of keys: each row has words and a way, no two mean the same, every page of the rail is in it; what people type as a key. */
#include "test.h"
#include "text/lang.h"
#include "web/keys.h"

static Shell somebody(void) { return (Shell){ .actor = { .party = 1, .serves = true, .leads = true, .administers = true }, .habit.keys = S("") }; }

TEST(every_row_has_words_and_a_way) {
  Shell s = somebody();
  KeysShown shown = keys_shown(a, NULL, &s);
  for (size_t i = 0; i < shown.n; i++) {
    const DeskKey *k = shown.at[i].key;
    MUST(shown.at[i].words.n > 0);
    MUST(k->icon && k->group < KEYS_GROUPS);
    bool by_script = str_eq(str_z(k->name), S("next")) || str_eq(str_z(k->name), S("previous")) || str_eq(str_z(k->name), S("open"));
    MUST(by_script || shown.at[i].href.n || k->press[0]);
    MUST(k->here != HERE_ALL || shown.at[i].href.n);
    Str read;
    MUST(key_read(a, str_z(k->key), &read) && str_eq(read, str_z(k->key)));
  }
}

TEST(no_two_are_alike) {
  for (const DeskKey *x = desk_keys; x->name; x++)
    for (const DeskKey *y = desk_keys; y != x; y++) {
      MUST(!keys_clash(str_z(x->key), str_z(y->key)));
      MUST(!x->also[0] || !str_eq(str_z(x->also), str_z(y->also)));
      MUST(!str_eq(str_z(x->name), str_z(y->name)));
      MUST(!x->press[0] || !str_eq(str_z(x->press), str_z(y->press)));
    }
}

TEST(every_page_of_the_rail_is_there_for_those_who_get_it) {
  Shell all = somebody(), few = { .actor = { .party = 1, .serves = true }, .habit.keys = S("") };
  for (int rail = RAIL_NONE + 1; rail < RAIL_COUNT; rail++) {
    size_t n = 0;
    for (const DeskKey *k = desk_keys; k->name; k++) n += k->rail == (Rail)rail;
    INT_AT(rail, n, 1);
    MUST(shell_item(&all, (Rail)rail));
  }
  MUST(!shell_item(&few, RAIL_SETTINGS));
  KeysShown shown = keys_shown(a, NULL, &few);
  for (size_t i = 0; i < shown.n; i++) MUST(shown.at[i].key->rail != RAIL_SETTINGS && shown.at[i].key->rail != RAIL_WORTH);
}

TEST(what_is_typed_as_a_key) {
  static const struct { int line; const char *typed; bool is; const char *read; } cases[] = {
    { __LINE__, "x", true, "x" }, { __LINE__, " X ", true, "x" }, { __LINE__, "?", true, "?" }, { __LINE__, "é", true, "é" }, { __LINE__, "", true, "" },
    { __LINE__, "g l", true, "g l" }, { __LINE__, "G  L", true, "g l" }, { __LINE__, "g", false, "" }, { __LINE__, "ab", false, "" },
    { __LINE__, "g ab", false, "" }, { __LINE__, "h l", false, "" }, { __LINE__, "g ", false, "" }, { __LINE__, "x\ny", false, "" }, { __LINE__, "\x7f", false, "" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Str read;
    INT_AT(cases[i].line, key_read(a, str_z(cases[i].typed), &read), cases[i].is);
    if (cases[i].is) IS_AT(cases[i].line, read, str_z(cases[i].read));
  }
}

TEST(what_a_person_changed) {
  const DeskKey *reply = NULL, *note = NULL;
  for (const DeskKey *k = desk_keys; k->name; k++) { if (str_eq(str_z(k->name), S("reply"))) reply = k; if (str_eq(str_z(k->name), S("note"))) note = k; }
  Str changed = S("reply x\nnote \nsnooze g l\n");
  IS_AT(__LINE__, key_now(reply, changed), S("x"));
  IS_AT(__LINE__, key_now(note, changed), S(""));
  IS_AT(__LINE__, key_now(reply, S("")), S("r"));
}
