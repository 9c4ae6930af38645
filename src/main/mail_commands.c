/* main/mail_commands.c: one raw message on standard input, for mail servers that deliver into a pipe. Whatever keeps it from
   being stored is told as "try again later" (75): then the mail server keeps it, and nothing is lost. */
#include "main/mail_commands.h"
#include <stdio.h>
#include <unistd.h>
#include "channel/mail_in.h"
#include "main/work.h"
#include "text/caps.h"

/* All of it, or its beginning and how long it was. */
static Err read_all(Run *r, Str *ret, int64_t *ret_size) {
  Buf b = { .arena = r->arena };
  static char rest[65536];
  *ret_size = 0;
  for (;;) {
    bool keep = b.n <= CAP_MAIL_BYTES;
    char *to = keep ? buf_space(&b, sizeof rest) : rest;
    ssize_t n = read(STDIN_FILENO, to, sizeof rest);
    if (n < 0) return fail(&r->cx, E_BUSY, "standard input broke off; the message was not stored");
    if (n == 0) break;
    if (keep) b.n += (size_t)n;
    *ret_size += n;
  }
  *ret = buf_str(&b);
  return E_OK;
}

static Err take(Run *r, const MailNew *in) {
  Work *work = NULL;
  Taken t;
  TRY(run_site(r));
  TRY(run_store(r, false));
  TRY(work_start(&r->cx, r->store, 0, 1, &work));
  r->cx.actor = (Actor){ .system = true };
  Err e = mail_in(&r->cx, work_lanes(work), in, &t, NULL);
  work_stop(work);
  TRY(e);
  Str line = mail_in_json(r->arena, &t);
  fwrite(line.p, 1, line.n, stdout);
  return E_OK;
}

Err command_mail_in(Run *r) {
  Str raw;
  int64_t size;
  if (r->words.n) return run_usage(r, "mail-in reads one message from standard input and takes flags only, not \"" STR_FMT "\"", STR_ARG(r->words.at[0]));
  TRY(read_all(r, &raw, &size));
  MailNew in = mail_in_whole(r->arena, str_lower(r->arena, run_option(r, "mailbox")), raw, size);
  Err e = take(r, &in);
  return e ? E_BUSY : E_OK;                   /* cx->why says what it was */
}
