/* main/store_commands.c: filling, checking and mending a whole store; and the measures by name. */
#include "main/store_commands.h"
#include <stdio.h>
#include <unistd.h>
#include "desk/demo.h"
#include "desk/export.h"
#include "desk/verify.h"
#include "measure/calc.h"

static Err number(Run *r, const char *name, int64_t least, int64_t most, int64_t *ret) {
  Str s = run_option(r, name);
  if (!run_has(r, name)) return E_OK;
  if (!str_int(s, ret) || *ret < least || *ret > most) return run_usage(r, "--%s is a whole number from %lld to %lld", name, (long long)least, (long long)most);
  return E_OK;
}

static void progress(void *arg, int64_t done, int64_t of) {
  if (*(bool *)arg) fprintf(stderr, "\r%lld of %lld requests%s", (long long)done, (long long)of, done == of ? "\n" : "");
}

Err command_demo(Run *r) {
  DemoSize size = { .seed = 1, .requests = 400, .progress = progress };
  int64_t seed = 1;
  Str how = run_option(r, "size");
  if (r->words.n) return run_usage(r, "demo takes flags only");
  if (how.n && !str_eq(how, S("small")) && !str_eq(how, S("large"))) return run_usage(r, "--size is small or large");
  if (str_eq(how, S("large"))) size.requests = 100000;
  TRY(number(r, "requests", 1, 100000000, &size.requests));
  TRY(number(r, "messages", 0, 1000000000, &size.messages));
  TRY(number(r, "people", 0, 10000000, &size.people));
  TRY(number(r, "seed", 0, INT64_MAX, &seed));
  size.seed = (uint64_t)seed;
  bool terminal = isatty(STDERR_FILENO);
  size.arg = &terminal;
  TRY(run_site(r));
  TRY(run_store(r, true));
  TRY(db_open(&r->cx, r->store, DB_WRITE, &r->cx.db));
  Err e = demo_make(&r->cx, &size);
  if (e == E_BUSY) return fail(&r->cx, e, STR_FMT " The sample is not whole now: begin again with an empty store", STR_ARG(r->cx.why));
  TRY(e);
  printf("A sample organisation with %lld requests of the past and a dozen of today.\n", (long long)size.requests);
  return E_OK;
}

static void told(void *arg, Str what) {
  ++*(int64_t *)arg;
  printf(STR_FMT "\n", STR_ARG(what));
}

Err command_verify(Run *r) {
  if (r->words.n) return run_usage(r, "verify takes no words");
  TRY(run_db(r, DB_READ));
  int64_t wrong = 0;
  VerifyCounts n;
  TRY(verify_all(&r->cx, told, &wrong, &n));
  if (wrong) return fail(&r->cx, E_CONFLICT, "%lld thing%s; listed above", (long long)wrong, wrong == 1 ? " differs" : "s differ");
  printf("%lld acts, %lld counters and %lld files are as they were written.\n", (long long)n.acts, (long long)n.counters, (long long)n.blobs);
  return E_OK;
}

Err command_rebuild(Run *r) {
  if (r->words.n) return run_usage(r, "rebuild takes no words");
  TRY(run_db(r, DB_WRITE));
  TRY(rebuild_all(&r->cx));
  puts("The counters and the search index were made anew.");
  return E_OK;
}

Err command_export(Run *r) {
  Party p;
  if (r->words.n || !run_option(r, "person").n) return run_forms(r);
  TRY(run_db(r, DB_READ));
  TRY(party_by_mail(&r->cx, run_option(r, "person"), &p));
  TRY(person_export(&r->cx, p.id, &r->out));
  fwrite(r->out.p, 1, r->out.n, stdout);
  return E_OK;
}

Err command_calc(Run *r) {
  const CalcEntry *list;
  size_t n = calc_entries(r->arena, &list);
  Str *words = NEW_N(r->arena, Str, (size_t)r->argc + 1), json;
  if (r->argc == 0) {
    for (size_t i = 0; i < n; i++) printf("%-14.*s %-34.*s " STR_FMT "\n", STR_ARG(list[i].name), STR_ARG(list[i].args), STR_ARG(list[i].about));
    return E_OK;
  }
  for (int i = 0; i < r->argc; i++) words[i] = str_z(r->argv[i]);
  Err e = calc_run(&r->cx, (size_t)r->argc, words, &json);
  r->usage = e == E_MALFORMED;
  TRY(e);
  printf(STR_FMT "\n", STR_ARG(json));
  return E_OK;
}
