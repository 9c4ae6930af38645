#include <unistd.h>
#include "base/base.h"
#include "base/log.h"
#include "base/map.h"
#include "base/random.h"
#include "test.h"

TEST(a_line_that_comes_again_is_counted) {
  int pipes[2], old = dup(STDERR_FILENO);
  char said[1000];
  MUST(pipe(pipes) == 0 && dup2(pipes[1], STDERR_FILENO) >= 0);
  for (int i = 0; i < 4; i++) log_error("the disk is full");
  log_error("the disk is not full");
  MUST(dup2(old, STDERR_FILENO) >= 0);
  close(old);
  close(pipes[1]);
  ssize_t n = read(pipes[0], said, sizeof said);
  close(pipes[0]);
  Str rest = { said, n > 0 ? (size_t)n : 0 }, line[4];
  size_t lines = 0;
  while (rest.n && lines < COUNT(line)) line[lines++] = str_from(str_line(&rest), 25);
  INT(lines, 3);
  IS(line[0], S("error the disk is full"));
  IS(line[1], S("info the line before came 3 times more"));
  IS(line[2], S("error the disk is not full"));
}

TEST(numbers_in_a_buffer) {
  static const struct { int64_t v; const char *text; } cases[] = { { 0, "0" }, { 7, "7" }, { -7, "-7" }, { 1000000, "1000000" }, { INT64_MAX, "9223372036854775807" }, { INT64_MIN, "-9223372036854775808" } };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Buf b = { .arena = a };
    buf_char(&b, 'x');
    buf_int(&b, cases[i].v);
    IS(str_from(buf_str(&b), 1), str_z(cases[i].text));
  }
}

TEST(cut) {
  static const struct { int line; const char *in, *head, *tail; bool found; } cases[] = {
    { __LINE__, "a=b",   "a",   "b",   true  },
    { __LINE__, "a=b=c", "a",   "b=c", true  },
    { __LINE__, "a",     "a",   "",    false },
    { __LINE__, "",      "",    "",    false },
    { __LINE__, "=",     "",    "",    true  },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Str head, tail;
    MUST_AT(cases[i].line, str_cut(str_z(cases[i].in), '=', &head, &tail) == cases[i].found);
    IS_AT(cases[i].line, head, str_z(cases[i].head));
    IS_AT(cases[i].line, tail, str_z(cases[i].tail));
  }
}

TEST(numbers) {
  static const struct { int line; const char *in; bool ok; int64_t v; } cases[] = {
    { __LINE__, "0", true, 0 }, { __LINE__, "-7", true, -7 }, { __LINE__, "9223372036854775807", true, INT64_MAX },
    { __LINE__, "-9223372036854775808", true, INT64_MIN }, { __LINE__, "9223372036854775808", false, 0 },
    { __LINE__, "", false, 0 }, { __LINE__, "-", false, 0 }, { __LINE__, "1x", false, 0 }, { __LINE__, " 1", false, 0 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int64_t v = 0;
    MUST_AT(cases[i].line, str_int(str_z(cases[i].in), &v) == cases[i].ok);
    INT_AT(cases[i].line, v, cases[i].v);
  }
}

TEST(utf8) {
  static const struct { int line; const char *in, *out; } cases[] = {
    { __LINE__, "plain", "plain" }, { __LINE__, "né", "né" }, { __LINE__, "a\xff\xfe" "b", "a\xEF\xBF\xBD" "b" },
    { __LINE__, "\xed\xa0\x80x", "\xEF\xBF\xBDx" }, { __LINE__, "\xc0\xaf", "\xEF\xBF\xBD" }, { __LINE__, "渡辺\xe6\xb8", "渡辺\xEF\xBF\xBD" },
  };
  for (size_t i = 0; i < COUNT(cases); i++) IS_AT(cases[i].line, str_utf8_fix(a, str_z(cases[i].in)), str_z(cases[i].out));
  IS(str_utf8_fix(a, (Str){ "a\0b", 3 }), S("a\xEF\xBF\xBD" "b"));
  IS(str_ellipsis(a, S("  The  label\nprinter on line four "), 12), S("The label…"));
  IS(str_ellipsis(a, S("short"), 12), S("short"));
}

TEST(base64url) {
  static const char *const words[] = { "", "f", "fo", "foo", "foob", "fooba", "foobar", "\xff\xfe\xfd" };
  for (size_t i = 0; i < COUNT(words); i++) {
    Str back, in = str_z(words[i]);
    MUST(str_unb64url(a, str_b64url(a, in.p, in.n), &back));
    IS(back, in);
  }
  Str back;
  MUST(!str_unb64url(a, S("a"), &back));
  MUST(!str_unb64url(a, S("ab+"), &back));
}

TEST(instants) {
  static const struct { int line; const char *in; int64_t at; } cases[] = {
    { __LINE__, "1970-01-01T00:00:00Z", 0 },
    { __LINE__, "2024-03-29T16:00:00+01:00", 1711724400 * SECOND },
    { __LINE__, "2024-02-29T00:00:00.5Z", 1709164800 * SECOND + 500000 },
    { __LINE__, "1969-12-31T23:59:59.999999Z", -1 },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    int64_t at = 42, back = 43;
    MUST_AT(cases[i].line, clock_parse(str_z(cases[i].in), &at));
    INT_AT(cases[i].line, at, cases[i].at);
    MUST_AT(cases[i].line, clock_parse(clock_rfc3339(a, at), &back) && back == at);
  }
  static const char *const bad[] = { "", "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:00", "2024-01-01" };
  IS(clock_rfc3339(a, 0), S("1970-01-01T00:00:00.000000Z"));
  IS(clock_rfc3339(a, -1), S("1969-12-31T23:59:59.999999Z"));
  IS(clock_rfc3339(a, 1778764264000042), S("2026-05-14T13:11:04.000042Z"));
  IS(clock_rfc3339(a, clock_days(9999, 12, 31) * DAY), S("9999-12-31T00:00:00.000000Z"));
  IS(clock_rfc3339(a, clock_days(10000, 1, 1) * DAY), S("10000-01-01T00:00:00.000000Z"));
  for (size_t i = 0; i < COUNT(bad); i++) { int64_t at; MUST(!clock_parse(str_z(bad[i]), &at)); }
}

TEST(map_of_many) {
  Map *m = map_new(a);
  for (int i = 0; i < 1000; i++) map_put(m, str_fmt(a, "key%d", i), NEW(a, int));
  INT(map_count(m), 1000);
  MUST(map_get(m, S("key999")) && !map_get(m, S("key1000")) && !map_get(m, S("")));
}

TEST(rng_repeats) {
  Rng x = rng_seed(7), y = rng_seed(7);
  for (int i = 0; i < 100; i++) MUST(rng_next(&x) == rng_next(&y));
  for (int i = 0; i < 1000; i++) MUST(rng_below(&x, 10) < 10);
}
