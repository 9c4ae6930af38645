/* text/gmime_once.c: see gmime_once.h. */
#include "text/gmime_once.h"
#include <gmime/gmime.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

void gmime_once(void) { pthread_once(&once, g_mime_init); }

const char *gmime_cstr(Arena *a, Str s) {
  char *z = str_cstr(a, s);
  for (size_t i = 0; i < s.n; i++) if (z[i] == 0) z[i] = ' ';
  return z;
}
