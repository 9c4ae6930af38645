/* fuzz/main.c: replays files and folders, for compilers without libFuzzer and for "make test". */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "fuzz.h"

static int replay_file(const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f) { fprintf(stderr, "cannot open %s\n", path); return 0; }
  Arena *a = arena_new((size_t)1 << 28);
  Buf b = { .arena = a };
  char part[4096];
  for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;) buf_add(&b, (Str){ part, n });
  fclose(f);
  uint8_t *exact = malloc(b.n + !b.n);               /* of its own, so that a read past the end is seen */
  if (b.n) memcpy(exact, b.p, b.n);
  LLVMFuzzerTestOneInput(exact, b.n);
  free(exact);
  arena_free(a);
  return 1;
}

static int replay(Arena *a, const char *path) {
  struct stat st;
  if (stat(path, &st)) { fprintf(stderr, "cannot open %s\n", path); return 0; }
  if (!S_ISDIR(st.st_mode)) return replay_file(path);
  int n = 0;
  DIR *dir = opendir(path);
  for (struct dirent *e; dir && (e = readdir(dir));)
    if (e->d_name[0] != '.') n += replay(a, str_cstr(a, str_cat(a, str_z(path), S("/"), str_z(e->d_name))));
  if (dir) closedir(dir);
  return n;
}

int main(int argc, char **argv) {
  int n = 0;
  Arena *a = arena_new((size_t)1 << 28);
  for (int i = 1; i < argc; i++) n += replay(a, argv[i]);
  printf("%d inputs\n", n);
  arena_free(a);
  return n == 0;
}
