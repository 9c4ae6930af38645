/* base/zone.c: look-ups in the table of changes, and the shelf of zones read so far (the one thing this floor
   keeps: it only grows, its entries never change, readers take no lock). */
#include "base/zone.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/tzif.h"
#include "base/vec.h"

/* ---- look-ups */

/* How many of the ascending v are <= x. */
static size_t up_to(const int64_t *v, size_t n, int64_t x) {
  const int64_t *base = v;
  while (n > 1) {
    size_t half = n / 2;
    base = base[half - 1] <= x ? base + half : base;
    n -= half;
  }
  return (size_t)(base - v) + (n == 1 && *base <= x);
}

int64_t zone_east(const Zone *z, int64_t at)     { return z->east[up_to(z->at, z->n, at)]; }
int64_t zone_local(const Zone *z, int64_t at)    { return at + zone_east(z, at); }
int64_t zone_instant(const Zone *z, int64_t local) { return local - z->east[up_to(z->wall, z->n, local)]; }

int64_t zone_steady(const Zone *z, int64_t local, int64_t *ret_until) {
  size_t i = up_to(z->wall, z->n, local);
  *ret_until = i < z->n ? z->wall[i] : INT64_MAX;
  return z->east[i];
}

/* ---- the shelf */

typedef struct Known Known;
struct Known { Known *next; Arena *own; Str name; Zone zone; };

static _Atomic(Known *) known;
static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER;

#define NAME_MOST 64
#define FILE_MOST ((size_t)1 << 18)

static const char *folder(void) {
  const char *dir = getenv("TZDIR");
  return dir && *dir ? dir : "/usr/share/zoneinfo";
}

static const Zone *find(Str name) {
  for (const Known *k = atomic_load_explicit(&known, memory_order_acquire); k; k = k->next)
    if (str_eq(k->name, name)) return &k->zone;
  return NULL;
}

/* IANA names: parts of letters, digits, _ + -, each led by a letter, the first by a capital. So no name leaves the folder, and
   each file has one name only. */
static bool plausible(Str name) {
  if (!name.n || name.n > NAME_MOST || name.p[0] < 'A' || name.p[0] > 'Z') return false;
  for (size_t i = 0; i < name.n; i++) {
    char c = name.p[i];
    bool letter = (c | 32) >= 'a' && (c | 32) <= 'z', led = i > 0 && name.p[i - 1] != '/';
    if (!letter && !(led && ((c >= '0' && c <= '9') || c == '_' || c == '+' || c == '-' || c == '/'))) return false;
  }
  return name.p[name.n - 1] != '/';
}

/* The first bytes of a file of the tz database, at most n. */
static bool slurp(const char *file, size_t file_n, char *ret, size_t *n) {
  char path[512];
  int len = snprintf(path, sizeof path, "%s/%.*s", folder(), (int)file_n, file);
  if (len < 0 || (size_t)len >= sizeof path) return false;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  size_t have = 0;
  ssize_t got = 0;
  while (have < *n && (got = read(fd, ret + have, *n - have)) > 0) have += (size_t)got;
  close(fd);
  *n = have;
  return got >= 0 && have > 0;
}

static const Zone *read_zone(Str name) {
  char *bytes = malloc(FILE_MOST);
  size_t n = FILE_MOST;
  Arena *own = arena_new(64 * FILE_MOST);              /* the zone's, as long as the process lives */
  Known *k = NEW(own, Known);
  bool good = bytes && slurp(name.p, name.n, bytes, &n) && tzif_parse(own, (Str){ bytes, n }, &k->zone);
  free(bytes);
  if (!good) {
    arena_free(own);
    return NULL;
  }
  k->own = own;
  k->name = str_dup(own, name);
  k->next = atomic_load(&known);
  atomic_store_explicit(&known, k, memory_order_release);
  return &k->zone;
}

const Zone *zone_get(Str name) {
  const Zone *z = find(name);
  if (z || !plausible(name)) return z;
  pthread_mutex_lock(&reading);
  z = find(name);
  if (!z) z = read_zone(name);
  pthread_mutex_unlock(&reading);
  return z;
}

/* ---- the list and the version */

static int by_name(const void *a, const void *b) { return str_cmp(*(const Str *)a, *(const Str *)b); }

/* zone.tab: country, coordinates, name, remark, by tabs. */
size_t zone_list(Arena *a, Str **ret) {
  VEC(Str) names = { 0 };
  size_t n = FILE_MOST;
  char *bytes = NEW_N(a, char, n);
  Str rest = { bytes, slurp("zone.tab", 8, bytes, &n) ? n : 0 }, line;
  while (rest.n) {
    line = str_line(&rest);
    for (int skip = 0; skip < 2; skip++) str_cut(line, '\t', &(Str){ 0 }, &line);
    str_cut(line, '\t', &line, &(Str){ 0 });
    if (line.n && zone_get(line)) vec_add(a, &names, line);
  }
  if (names.n) qsort(names.at, names.n, sizeof *names.at, by_name);
  vec_add(a, &names, S("UTC"));
  *ret = names.at;
  return names.n;
}

static char version[32] = "unknown";

static void read_version(void) {
  char head[64];
  size_t n = sizeof head - 1;
  if (!slurp("tzdata.zi", 9, head, &n)) return;
  head[n] = 0;
  sscanf(head, "# version %31s", version);
}

Str zone_version(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, read_version);
  return str_z(version);
}
