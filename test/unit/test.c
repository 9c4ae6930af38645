/* test/unit/test.c: gathers the tests of this program and hands them to cmocka. An argument runs the tests whose
   names contain it. */
#include "test.h"
#include <stdio.h>
#include <stdlib.h>

extern const Test __start_tests[], __stop_tests[];

void test_is(Str got, Str want, const char *file, int line) {
  if (str_eq(got, want)) return;
  print_error("  got  \"" STR_FMT "\"\n  want \"" STR_FMT "\"\n", STR_ARG(got), STR_ARG(want));
  _fail(file, line);
}
void test_int(int64_t got, int64_t want, const char *what, const char *file, int line) {
  if (got == want) return;
  print_error("  %s\n  got  %lld\n  want %lld\n", what, (long long)got, (long long)want);
  _fail(file, line);
}
void test_must(bool ok, const char *what, const char *file, int line) {
  if (ok) return;
  print_error("  not so: %s\n", what);
  _fail(file, line);
}
void test_err(const Cx *cx, Err got, Err want, const char *what, const char *file, int line) {
  if (got == want) return;
  Str g = err_title(got), w = err_title(want);
  print_error("  %s\n  got  " STR_FMT " (" STR_FMT ")\n  want " STR_FMT "\n", what, STR_ARG(g), STR_ARG(cx->why), STR_ARG(w));
  _fail(file, line);
}
void test_ok(const Cx *cx, Err got, const char *what, const char *file, int line) { test_err(cx, got, E_OK, what, file, line); }

static void run(void **state) {
  const Test *t = *state;
  Arena *a = arena_new((size_t)1 << 30);
  t->run(a);
  arena_free(a);
}

int main(int argc, char **argv) {
  size_t n = (size_t)(__stop_tests - __start_tests), m = 0;
  struct CMUnitTest *tests = calloc(n + 1, sizeof *tests);
  for (size_t i = 0; i < n; i++) {
    const Test *t = &__start_tests[i];
    if (argc > 1 && !strstr(t->name, argv[1])) continue;
    tests[m++] = (struct CMUnitTest){ t->name, run, NULL, NULL, (void *)(uintptr_t)t };
  }
  const char *name = strrchr(argv[0], '/');
  int bad = _cmocka_run_group_tests(name ? name + 1 : argv[0], tests, m, NULL, NULL);
  free(tests);
  return m == 0 || bad ? 1 : 0;
}
