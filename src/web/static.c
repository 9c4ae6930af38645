/* web/static.c: see static.h. The table is made at build by tools/embed.py. */
#include "web/static.h"
#include <assert.h>
#include "static_files.h"

const StaticFile *static_find(Str path) {
  for (size_t i = 0; i < static_file_count; i++) if (str_eq(static_files[i].path, path)) return &static_files[i];
  return NULL;
}

size_t static_count(void) { return static_file_count; }
const StaticFile *static_at(size_t i) { return &static_files[i]; }

Str static_url(const char *name) {
  for (size_t i = 0; i < static_file_count; i++) if (!strcmp(static_files[i].name, name)) return static_files[i].path;
  assert(false && "no such file in ui/static");
  return S("");
}
