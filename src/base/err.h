/* base/err.h: one list of what can go wrong; the HTTP status, the exit code and the words cannot drift apart. */
#ifndef BASE_ERR_H
#define BASE_ERR_H
#include "base/str.h"

/*    name       http exit title (for problem+json; pages have words of their own) */
#define ERRS(X) \
  X(OK,         200,  0, "OK")                     \
  X(MALFORMED,  400,  1, "Malformed request")      \
  X(UNKNOWN,    401,  1, "Sign in first")          \
  X(DENIED,     403,  1, "Not permitted")          \
  X(ABSENT,     404,  1, "Not found")              \
  X(METHOD,     405,  1, "Method not allowed")     \
  X(CONFLICT,   409,  1, "Changed meanwhile")      \
  X(STALE,      409,  1, "Changed meanwhile")      \
  X(TOO_LARGE,  413,  1, "Too large")              \
  X(TYPE,       415,  1, "Unsupported media type") \
  X(INVALID,    422,  1, "Input is not valid")     \
  X(RATE,       429, 75, "Too many requests")      \
  X(BROKEN,     500,  1, "Internal fault")         \
  X(BUSY,       503, 75, "Try again later")
#define X(name, http, code, title) E_##name,
typedef enum { ERRS(X) ERR_COUNT } Err;
#undef X

int err_http(Err);
int err_exit(Err);
Str err_title(Err);

#define CHECKED  __attribute__((warn_unused_result))
#define DEFER(f) __attribute__((cleanup(f)))
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define TRY(e)   do { Err try_ = (e); if (try_) return try_; } while (0)
#endif
