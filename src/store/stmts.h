/* store/stmts.h: prepared statements of one connection, found by their text; the one used longest ago goes first.
   Not thread-safe, like the connection. Not here: what a handle is (the back end's). */
#ifndef STORE_STMTS_H
#define STORE_STMTS_H
#include "base/base.h"

enum { STMTS_SLOTS = 256, STMTS_MAX = 200 };

typedef struct Stmt Stmt;
struct Stmt {
  Stmt       *chain, *newer, *older;
  uint64_t    hash;
  Str         text;               /* own copy, ended with NUL */
  void       *handle;             /* the back end's */
  const void *checked;            /* the shape this was last found to fit */
  unsigned char *types;           /* of its values, if the back end keeps them; freed with the statement */
};
typedef struct {
  Stmt *slots[STMTS_SLOTS], *newest, *oldest;
  size_t n;
  void (*drop)(void *owner, Stmt *);   /* gives the handle back */
  void *owner;
} Stmts;

Stmt *stmts_find(Stmts *, Str text);                  /* NULL if absent; else it is now the newest */
Stmt *stmts_add(Stmts *, Str text, void *handle);     /* must be absent; may drop the oldest */
void  stmts_drop(Stmts *, Stmt *);
void  stmts_clear(Stmts *);
#endif
