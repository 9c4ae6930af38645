/* desk/once.h: a call that is made twice with one Idempotency-Key is done once; the second time it is answered as the
   first was. Kept for a day, with the command's own transaction. */
#ifndef DESK_ONCE_H
#define DESK_ONCE_H
#include "store/db.h"

typedef struct { int64_t status; Str answer, location, etag; } Once;
enum { ONCE_KEY_MOST = 200 };

/* Was this call (verb and path) made before by the person with this key? *ret_found false: go on, then once_keep.
   E_CONFLICT: the key was used for another call or another body; E_INVALID: the key is too long. */
Err once_find(Cx *, int64_t party, Str key, Str call, Str body, bool *ret_found, Once *ret) CHECKED;
/* E_BUSY: the same call is being answered at this moment; done again, once_find knows its answer. */
Err once_keep(Cx *, int64_t party, Str key, Str call, Str body, const Once *) CHECKED;
#endif
