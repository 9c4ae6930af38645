/* web/squeeze.c: one deflater a thread, kept, for setting one up costs more than a small page. */
#include "web/squeeze.h"
#include <stdlib.h>
#include <pthread.h>
#include <zlib.h>

enum { LEVEL = 4, GZIP = 15 + 16, MEMORY = 8 };

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void drop(void *z) { deflateEnd(z); free(z); }
static void make_key(void) { if (pthread_key_create(&key, drop)) abort(); }

static z_stream *deflater(void) {
  pthread_once(&once, make_key);
  z_stream *z = pthread_getspecific(key);
  if (z) return deflateReset(z) == Z_OK ? z : NULL;
  z = calloc(1, sizeof *z);
  if (!z || deflateInit2(z, LEVEL, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) { free(z); return NULL; }
  pthread_setspecific(key, z);
  return z;
}

bool squeeze(Arena *a, Str bytes, Str *ret) {
  z_stream *z = deflater();
  if (!z) return false;
  size_t most = bytes.n - bytes.n / 16;            /* worth it only if it gets smaller */
  char *out = NEW_N(a, char, most);
  z->next_in = (Bytef *)(uintptr_t)bytes.p;
  z->avail_in = (uInt)bytes.n;
  z->next_out = (Bytef *)out;
  z->avail_out = (uInt)most;
  if (deflate(z, Z_FINISH) != Z_STREAM_END) return false;
  *ret = (Str){ out, most - z->avail_out };
  return true;
}
