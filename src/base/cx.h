/* base/cx.h: the context every function of desk, channel and web takes first: who, when, with what memory.
   The clock is data: one request has one now, and tests choose it. */
#ifndef BASE_CX_H
#define BASE_CX_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

typedef struct Db Db;
typedef struct Lang Lang;
typedef struct Site Site;                /* settings and keys, frozen before threads start (desk/site.h) */

/* Who acts. Zero is nobody: sees nothing, may do nothing. */
typedef struct {
  int64_t party;        /* the person; 0 = nobody */
  int64_t only_request; /* not 0: came by a mailed link and may see and act on this request alone */
  bool    serves;       /* serves or leads at least one team */
  bool    leads;        /* leads at least one team */
  bool    administers;
  bool    system;       /* the desk's own software (ticker, couriers); never set from outside */
} Actor;

typedef struct {
  Arena      *arena;    /* everything made for this request */
  Db         *db;
  int64_t     now;      /* microseconds since 1970 UTC; fixed for the whole request */
  Actor       actor;
  const Lang *lang;     /* whose words come out */
  Str         zone;     /* IANA zone of the reader */
  const Site *site;
  Str         why;      /* one sentence on the last failure: for a person if 4xx, for the log if 5xx */
  Str         field;    /* the input it is about, "" if none */
} Cx;

/* Notes the reason and gives the error back: return fail(cx, E_INVALID, "…"); */
Err fail(Cx *, Err, const char *fmt, ...) __attribute__((format(printf, 3, 4), nonnull(3))) CHECKED;
Err fail_field(Cx *, const char *field, const char *fmt, ...) __attribute__((format(printf, 3, 4), nonnull(2, 3))) CHECKED;  /* E_INVALID */

/* Marks a sentence for the translators where it stands; it is translated where it is shown: fail(cx, E_DENIED, N_("…")). */
#define N_(s) s
#endif
