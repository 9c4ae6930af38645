/* main/commands.c: every subcommand in one table. To add one: a row. */
#include "main/run.h"
#include "main/calendar_commands.h"
#include "main/mail_commands.h"
#include "main/people_commands.h"
#include "main/serve.h"
#include "main/store_commands.h"
#include "main/tool_commands.h"
#include "web/route.h"
#include <stdio.h>

/* Every way in: verb, path, what a caller must be, how else ("link": open to a mailed link; "free": no token of a form). */
static void routes_print(Buf *b) {
  for (size_t i = 0; i < route_count(); i++) {
    const Route *q = route_at(i);
    const char *how = q->link && q->no_csrf ? "link,free" : q->link ? "link" : q->no_csrf ? "free" : "-";
    buf_fmt(b, "%-6.*s %-40s %-9.*s %-9s %s\n", STR_ARG(verb_name(q->verb)), q->path, STR_ARG(may_name(q->may)), how, q->about ? q->about : "");
  }
}

static Err settings(Run *r) {
  bool routes = r->words.n == 1 && str_eq(r->words.at[0], S("routes"));
  if (r->words.n && !routes) return run_usage(r, "settings takes no words but \"routes\"");
  Buf b = { .arena = r->arena };
  if (routes) routes_print(&b); else settings_print(&b, &r->from);
  fwrite(b.p, 1, b.n, stdout);
  return E_OK;
}

static const CommandRow commands[] = {
  { "serve", serve, .usage = "serve [--SETTING VALUE …]", .about = "the server; SIGTERM finishes what was accepted, then stops" },
  { "demo", command_demo, .changes = true, .options = "size= requests= messages= people= seed=", .usage = "demo [--size small|large] [--requests N] [--messages N] [--people N] [--seed N]", .about = "fill an empty store with a made-up but lifelike organisation, the same for the same seed" },
  { "mail-in", command_mail_in, .changes = true, .options = "mailbox=", .usage = "mail-in [--mailbox ADDRESS] < message", .about = "take in one raw message; prints what became of it as one JSON line, exits 75 when it could not be stored" },
  { "person", command_person, .changes = true, .options = "name= email= role= team= password= language= json gone again", .about = "people, without a browser",
    .usage = "person add --name TEXT --email ADDRESS [--role asker|provider|lead|admin] [--team NAME] [--password TEXT|-] [--language TAG]\n"
             "person list [--json] [--gone]\n"
             "person disable ADDRESS [--again]" },
  { "team", command_team, .changes = true, .options = "lead= hours= leads json", .about = "teams, without a browser",
    .usage = "team add NAME [--lead ADDRESS] [--hours \"mon-fri 09:00-17:00\"]\n"
             "team list [--json]\n"
             "team join NAME ADDRESS [--leads]\n"
             "team leave NAME ADDRESS" },
  { "calendar", command_calendar, .changes = true, .options = "zone= hours= try", .about = "opening hours, and holidays from a calendar file",
    .usage = "calendar list\n"
             "calendar set NAME [--zone ZONE] [--hours \"mon-fri 09:00-17:00; closed 2026-12-25\"]\n"
             "calendar import NAME [--try] < FILE.ics" },
  { "token", command_token, .changes = true, .options = "person= name=", .usage = "token new --person ADDRESS --name TEXT", .about = "a key for a program, which acts as its person; shown once" },
  { "verify", command_verify, .usage = "verify", .about = "checks the chain of acts, counters and files; lists what differs" },
  { "rebuild", command_rebuild, .changes = true, .usage = "rebuild", .about = "makes counters, figures and the search index anew" },
  { "export", command_export, .options = "person=", .usage = "export --person ADDRESS", .about = "all we hold about a person, as JSON: what they get when they ask for it" },
  { "calc", command_calc, .raw = true, .usage = "calc NAME [ARG …]", .about = "the measures that the pages show; without a name: their list" },
  { "tool", command_tool, .raw = true, .usage = "tool mail-parse < MESSAGE\ntool html-clean < HTML", .about = "shows what the server would make of a raw mail (JSON) or of HTML (cleaned)" },
  { "settings", settings, .usage = "settings [routes]", .about = "every setting, its default, what it does, where the value in force comes from; or every way in, and who may" },
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
