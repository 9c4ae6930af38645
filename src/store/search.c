/* store/search.c: full text. */
#include "store/search.h"
#include "store/backend.h"

Err    pending_flush(Cx *cx) { (void)cx; return E_OK; }
size_t pending_mark(const Db *db) { (void)db; return 0; }
void   pending_cut(Db *db, size_t mark) { (void)db; (void)mark; }
void   pending_free(Db *db) { (void)db; }
