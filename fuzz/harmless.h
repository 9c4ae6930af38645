/* fuzz/harmless.h: what any HTML we write must be, told by our own tokenizer. */
#ifndef HARMLESS_H
#define HARMLESS_H
#include "base/str.h"

bool harmless(Arena *, Str html, bool markdown);
#endif
