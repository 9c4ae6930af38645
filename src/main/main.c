/* main/main.c: finds the command, runs it, says in one sentence what went wrong, and exits with the right number. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "main/run.h"

enum { ARENA_CAP = 1 << 30, EXIT_USAGE = 2 };

static int print_help(Arena *a, const CommandRow *c) {
  Buf b = { .arena = a };
  Str rest = str_z(c ? c->usage : "");
  for (const char *head = "usage:"; rest.n; head = "      ") {
    Str form = str_line(&rest);
    buf_fmt(&b, "%s cornerdesk " STR_FMT "\n", head, STR_ARG(form));
  }
  if (c) buf_fmt(&b, "\n%s\n%s", c->about, c->raw ? "" : "\nEvery setting may be given as --SETTING VALUE; `cornerdesk settings` lists them.\n");
  else commands_help(&b);
  fwrite(b.p, 1, b.n, stdout);
  return 0;
}

static bool is_one_of(const char *word, const char *a, const char *b) { return strcmp(word, a) == 0 || strcmp(word, b) == 0; }

static bool asks_help(int argc, char **argv) {
  for (int i = 0; i < argc; i++)
    if (is_one_of(argv[i], "--help", "-h")) return true;
  return false;
}

static int complain(const Run *r, const char *command, Err e) {
  fprintf(stderr, "cornerdesk %s: " STR_FMT "\n", command, STR_ARG(r->cx.why.n ? r->cx.why : err_title(e)));
  return r->usage ? EXIT_USAGE : err_exit(e);
}

static int no_command(const char *name) {
  fprintf(stderr, "cornerdesk: there is no command \"%s\"; cornerdesk --help lists them\n", name);
  return EXIT_USAGE;
}

/* What a command did is done by now, but who asked has not read it. */
static int told(int code) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return code;
  fprintf(stderr, "cornerdesk: standard output cannot be written: %s\n", strerror(errno));
  return code ? code : 1;
}

static int run(Arena *a, int argc, char **argv) {
  if (argc < 2) { print_help(a, NULL); return EXIT_USAGE; }
  if (is_one_of(argv[1], "--version", "version")) { puts("cornerdesk " CORNERDESK_VERSION); return 0; }
  if (is_one_of(argv[1], "--help", "-h")) return print_help(a, NULL);
  bool help = strcmp(argv[1], "help") == 0;
  if (help && argc == 2) return print_help(a, NULL);
  const CommandRow *c = command_find(str_z(argv[help ? 2 : 1]));
  if (!c) return no_command(argv[help ? 2 : 1]);
  if (help) return print_help(a, c);
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
  int code = told(run(a, argc, argv));
  arena_free(a);
  return code;
}
