/* web/static.h: the files of ui/static, built into the program: style sheet, icons, scripts.
   A file's address holds a hash of its bytes, so that browsers keep it for ever and never keep an old one. */
#ifndef WEB_STATIC_H
#define WEB_STATIC_H
#include "base/str.h"

typedef struct {
  const char *name;      /* "cornerdesk.css" */
  Str path;              /* "/static/cornerdesk.1a2b3c4d5e6f.css": Cache-Control: public, max-age=31536000, immutable */
  Str type;              /* media type with charset */
  Str bytes, gz;         /* gz: the same bytes for Accept-Encoding: gzip; empty if that is not smaller */
} StaticFile;

const StaticFile *static_find(Str path);     /* NULL if there is none; a path with another hash is none */
size_t            static_count(void);
const StaticFile *static_at(size_t i);

/* The address for a page. The name is one of ui/static: any other ends the program, and a test draws every page. */
Str static_url(const char *name);
#endif
