/* fuzz/fuzz.c: what libFuzzer calls. */
#include "fuzz.h"
#include <stdio.h>
#include <stdlib.h>

void fuzz_broken(const char *what, const char *file, int line) {
  fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
  abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena *a = arena_new((size_t)1 << 30);
  fuzz_one(a, (Str){ size ? (const char *)data : "", size });
  arena_free(a);
  return 0;
}
