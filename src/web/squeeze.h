/* web/squeeze.h: gzip for answers made on the spot. */
#ifndef WEB_SQUEEZE_H
#define WEB_SQUEEZE_H
#include "base/base.h"

/* false: nothing was gained or zlib is out of memory; send it as it is. *ret lives in the arena. */
bool squeeze(Arena *, Str bytes, Str *ret);
#endif
