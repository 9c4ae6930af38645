/* base/buf.h: text that grows, in an arena. Zero-initialise but for .arena: Buf b = { .arena = a };
   The bytes may move as it grows: take buf_str last. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include "base/str.h"

typedef struct { Arena *arena; char *p; size_t n, cap; } Buf;

void buf_add(Buf *, Str);
void buf_char(Buf *, char);
void buf_int(Buf *, int64_t);
void buf_fmt(Buf *, const char *fmt, ...) __attribute__((format(printf, 2, 3), nonnull(2)));
void buf_utf8(Buf *, uint32_t point);           /* one code point; U+FFFD for what is none */
char *buf_space(Buf *, size_t n);               /* room for n bytes at the end, not yet counted; add to b->n yourself */
static inline Str buf_str(const Buf *b) { return (Str){ b->p ? b->p : "", b->n }; }
#endif
