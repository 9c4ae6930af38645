/* text/gmime_once.h: GMime is set up once, whichever thread comes first. Call before any use of it. */
#ifndef TEXT_GMIME_ONCE_H
#define TEXT_GMIME_ONCE_H
#include "base/str.h"

void gmime_once(void);
const char *gmime_cstr(Arena *, Str);   /* a C string for GMime: NUL bytes become blanks */
#endif
