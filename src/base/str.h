/* base/str.h: a slice of bytes, passed by value; not owned, not ended by NUL.
   A Str lives as long as what it points into (mostly: the arena it was made in). */
#ifndef BASE_STR_H
#define BASE_STR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/arena.h"

typedef struct { const char *p; size_t n; } Str;

#define S(lit)     ((Str){ "" lit "", sizeof("" lit "") - 1 })
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p            /* every input is capped far below INT_MAX */

static inline Str  str_z(const char *z) { return (Str){ z, z ? strlen(z) : 0 }; }
static inline bool str_eq(Str a, Str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline Str  str_from(Str s, size_t at) { return at >= s.n ? (Str){ s.p + s.n, 0 } : (Str){ s.p + at, s.n - at }; }
static inline Str  str_head(Str s, size_t n) { return (Str){ s.p, n < s.n ? n : s.n }; }

bool   str_ieq(Str a, Str b);                   /* ASCII letters alike */
int    str_cmp(Str a, Str b);                   /* bytewise; <0, 0, >0 */
bool   str_starts(Str s, Str head);
bool   str_istarts(Str s, Str head);
bool   str_ends(Str s, Str tail);
size_t str_find(Str s, Str part);               /* offset, or SIZE_MAX */
size_t str_ifind(Str s, Str part);              /* the same, ASCII letters alike */
bool   str_cut(Str s, char sep, Str *head, Str *tail);        /* false: no sep; head is all of s, tail empty */
bool   str_cut_last(Str s, char sep, Str *head, Str *tail);
Str    str_trim(Str s);                         /* white space off both ends */
Str    str_line(Str *rest);                     /* takes one line off rest, without its CR LF or LF */

Str    str_dup(Arena *, Str);                   /* also ends the copy with NUL, beyond n */
char  *str_cstr(Arena *, Str);                  /* a NUL-ended copy */
Str    str_lower(Arena *, Str);                 /* ASCII only */
Str    str_cat_(Arena *, const Str *parts, size_t n);
#define str_cat(a, ...) str_cat_((a), (const Str[]){ __VA_ARGS__ }, sizeof((const Str[]){ __VA_ARGS__ }) / sizeof(Str))
Str    str_fmt(Arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3), nonnull(2)));

bool   str_int(Str s, int64_t *ret);            /* a whole decimal number and nothing else; false: ret untouched */
bool   str_double(Str s, double *ret);          /* a plain decimal number, '.' whatever the locale */

/* UTF-8: str_utf8_fix returns s itself when it is valid, else a copy with U+FFFD for each bad run.
   NUL bytes count as bad: no store and no page takes them. */
bool   str_utf8_ok(Str s);
Str    str_utf8_fix(Arena *, Str s);
size_t str_utf8_len(Str s);                     /* code points in valid UTF-8 */
Str    str_utf8_head(Str s, size_t points);     /* the first so many code points */
Str    str_ellipsis(Arena *, Str s, size_t points);   /* white space folded to single blanks, cut at a word, "…" added */

Str    str_hex(Arena *, const void *bytes, size_t n);  /* lower case */
bool   str_unhex(Str s, void *ret, size_t n);          /* exactly 2n hex digits */
Str    str_b64url(Arena *, const void *bytes, size_t n);        /* RFC 4648 §5, no padding */
bool   str_unb64url(Arena *, Str s, Str *ret);
#endif
