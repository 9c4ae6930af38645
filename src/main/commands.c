/* main/commands.c: every subcommand in one table. To add one: a row. */
#include "main/run.h"
#include "main/serve.h"
#include <stdio.h>

static Err settings(Run *r) {
  if (r->words.n) return run_usage(r, "settings takes no words");
  Buf b = { .arena = r->arena };
  settings_print(&b, &r->from);
  fwrite(b.p, 1, b.n, stdout);
  return E_OK;
}

static const CommandRow commands[] = {
  { "serve", serve, .usage = "serve [--SETTING VALUE …]", .about = "the server; SIGTERM finishes what was accepted, then stops" },
  { "settings", settings, .usage = "settings", .about = "every setting, its default, what it does, where the value in force comes from" },
};

const CommandRow *command_find(Str name) {
  for (size_t i = 0; i < COUNT(commands); i++)
    if (str_eq(str_z(commands[i].name), name)) return &commands[i];
  return NULL;
}

void commands_help(Buf *b) {
  buf_add(b, S("usage: cornerdesk COMMAND [WORDS] [--SETTING VALUE …]\n\n"));
  for (size_t i = 0; i < COUNT(commands); i++) buf_fmt(b, "  %-10s %s\n", commands[i].name, commands[i].about);
  buf_add(b, S("\ncornerdesk COMMAND --help tells more; `cornerdesk settings` lists the settings.\n"
               "Exit: 0 done, 1 failed, 2 called wrongly, 75 try again later.\n"));
}
