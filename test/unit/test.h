/* test/unit/test.h: tests found by the linker, run and reported by cmocka. A failing row names its own line. */
#ifndef TEST_H
#define TEST_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#undef fail                               /* ours is in base/cx.h */
#include "base/base.h"

typedef struct { const char *name; void (*run)(Arena *a); } Test;
/* TEST(name) { … } has an Arena *a of its own. */
#define TEST(n) static void test_##n(Arena *); \
  static const Test test_entry_##n __attribute__((used, section("tests"), aligned(sizeof(void *)))) = { #n, test_##n }; \
  static void test_##n(Arena *a __attribute__((unused)))

#define IS(got, want)          test_is((got), (want), __FILE__, __LINE__)
#define IS_AT(line, got, want) test_is((got), (want), __FILE__, (line))
#define INT(got, want)         test_int((int64_t)(got), (int64_t)(want), #got, __FILE__, __LINE__)
#define INT_AT(line, got, want) test_int((int64_t)(got), (int64_t)(want), #got, __FILE__, (line))
#define MUST(e)                test_must((e), #e, __FILE__, __LINE__)
#define MUST_AT(line, e)       test_must((e), #e, __FILE__, (line))
#define OK(cx, e)              test_ok((cx), (e), #e, __FILE__, __LINE__)      /* an Err that must be E_OK; prints cx->why */
#define ERR(cx, e, want)       test_err((cx), (e), (want), #e, __FILE__, __LINE__)
void test_is(Str got, Str want, const char *file, int line);
void test_int(int64_t got, int64_t want, const char *what, const char *file, int line);
void test_must(bool ok, const char *what, const char *file, int line);
void test_ok(const Cx *, Err, const char *what, const char *file, int line);
void test_err(const Cx *, Err, Err want, const char *what, const char *file, int line);
#endif
