/* fuzz/fuzz.h: one target a file: fuzz_one gets hostile bytes and an arena, and aborts if a promise is broken. Built by
   clang it is a libFuzzer program, by any compiler (main.c) one that replays the files and folders it is given. */
#ifndef FUZZ_H
#define FUZZ_H
#include "base/base.h"

void fuzz_one(Arena *, Str);

/* Holds, or the process ends where the fuzzer sees it. */
#define HOLDS(e) do { if (!(e)) fuzz_broken(#e, __FILE__, __LINE__); } while (0)
_Noreturn void fuzz_broken(const char *what, const char *file, int line);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
#endif
