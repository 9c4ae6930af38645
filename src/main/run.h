/* main/run.h: one run of the command: what was asked on the command line, and what commands start from. */
#ifndef MAIN_RUN_H
#define MAIN_RUN_H
#include "desk/site.h"
#include "main/settings.h"
#include "store/db.h"
#include "text/url.h"

typedef struct { Str *at; size_t n, cap; } Words;

typedef struct {
  Cx       cx;              /* .site, and .db after run_db */
  Arena   *arena;
  Settings set;
  SettingsFrom from;
  Site     site;
  Str      address;         /* where the server listens, as it truly is; "" for other commands */
  Store   *store;
  Words    words;           /* what is neither flag nor setting, after the command's name */
  struct { FormField *at; size_t n, cap; } options;   /* the command's own flags, dashes off */
  Buf      out;             /* for standard output, when what was done is kept */
  const char *forms;        /* how the command is called, a line each */
  bool     usage;           /* the fault is in how it was called: exit 2 */
  int      argc;            /* as it came, after the command's name: for commands that are .raw */
  char   **argv;
} Run;

typedef Err Command(Run *);
typedef struct {
  const char *name;
  Command *run;
  const char *options;      /* its own flags: "person= name= json"; "=" means it takes a value */
  bool raw;                 /* takes no settings: argv goes to it as it is */
  bool changes;             /* the store */
  const char *usage, *about;   /* usage: a line for each form */
} CommandRow;

Err  run_parse(Run *, const CommandRow *, int argc, char **argv, char **env) CHECKED;   /* sets usage */
Str  run_option(const Run *, const char *name);      /* "" if it was not given */
bool run_has(const Run *, const char *name);
Err  run_usage(Run *, const char *fmt, ...) __attribute__((format(printf, 2, 3), nonnull(2))) CHECKED;
Err  run_forms(Run *) CHECKED;                       /* run_usage with all the forms the command takes, in one sentence */

/* Freezes the settings into a Site; makes the data directory and the key if they are not there. */
Err  run_site(Run *) CHECKED;
/* The store's tables at this binary's version. fresh: may make it from nothing. E_BUSY: says which address was tried. */
Err  run_store(Run *, bool fresh) CHECKED;
Err  run_db(Run *, DbMode) CHECKED;                  /* run_site, run_store and a connection in run->cx.db */
void run_tell(Run *);                                /* lets servers on the same store hear of what the command has changed */

/* main/commands.c */
const CommandRow *command_find(Str name);
void commands_help(Buf *);
#endif
