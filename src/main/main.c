/* main/main.c: finds the command, runs it, says in one sentence what went wrong, and exits with the right number. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "main/run.h"

enum { ARENA_CAP = 1 << 30, EXIT_USAGE = 2 };

static int print_help(Arena *a, const CommandRow *c) {
  Buf b = { .arena = a };
  if (c) buf_fmt(&b, "usage: cornerdesk %s\n\n%s\n\nEvery setting may be given as --SETTING VALUE; `cornerdesk settings` lists them.\n", c->usage, c->about);
  else commands_help(&b);
  fwrite(b.p, 1, b.n, stdout);
  return 0;
}

static bool asks_help(int argc, char **argv) {
  for (int i = 0; i < argc; i++)
    if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return true;
  return false;
}

static int complain(const Run *r, const char *command, Err e) {
  fprintf(stderr, "cornerdesk %s: " STR_FMT "\n", command, STR_ARG(r->cx.why.n ? r->cx.why : err_title(e)));
  return r->usage ? EXIT_USAGE : err_exit(e);
}

static int run(Arena *a, int argc, char **argv) {
  if (argc < 2) { print_help(a, NULL); return EXIT_USAGE; }
  if (strcmp(argv[1], "--version") == 0) { puts("cornerdesk " CORNERDESK_VERSION); return 0; }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) return print_help(a, NULL);
  const CommandRow *c = command_find(str_z(argv[1]));
  if (!c) {
    fprintf(stderr, "cornerdesk: there is no command \"%s\"; cornerdesk --help lists them\n", argv[1]);
    return EXIT_USAGE;
  }
  if (asks_help(argc - 2, argv + 2)) return print_help(a, c);
  Run *r = NEW(a, Run);
  r->arena = a;
  r->cx = (Cx){ .arena = a, .now = clock_now() };
  Err e = run_parse(r, c, argc - 2, argv + 2, environ);
  if (!e) e = c->run(r);
  if (!e && c->changes) run_tell(r);
  db_closep(&r->cx.db);
  return e ? complain(r, c->name, e) : 0;
}

int main(int argc, char **argv) {
  Arena *a = arena_new(ARENA_CAP);
  int code = run(a, argc, argv);
  arena_free(a);
  return code;
}
