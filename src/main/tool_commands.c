/* main/tool_commands.c: see tool_commands.h. Needs no store and no settings: to see what becomes of a mail or a page. */
#include "main/tool_commands.h"
#include <stdio.h>
#include <string.h>
#include "text/caps.h"
#include "text/html_clean.h"
#include "text/mail_json.h"

static Err mail_parse_tool(Cx *cx, Str in, Str *ret) { return mail_parse_json(cx, in, ret); }

static Err html_clean_tool(Cx *cx, Str in, Str *ret) {
  if (in.n > CAP_MAIL_TEXT) return fail(cx, E_TOO_LARGE, "the HTML is larger than %d bytes", CAP_MAIL_TEXT);
  *ret = html_clean(cx->arena, in).s;
  return E_OK;
}

static const struct { const char *name; Err (*run)(Cx *, Str in, Str *ret); } tools[] = {
  { "html-clean", html_clean_tool },
  { "mail-parse", mail_parse_tool },
};

static Err read_in(Run *r, Str *ret) {
  Buf b = { .arena = r->arena };
  char part[65536];
  for (size_t n; (n = fread(part, 1, sizeof part, stdin)) > 0;) {
    buf_add(&b, (Str){ part, n });
    if (b.n > CAP_MAIL_BYTES) return fail(&r->cx, E_TOO_LARGE, "standard input is larger than %d bytes", CAP_MAIL_BYTES);
  }
  *ret = buf_str(&b);
  return ferror(stdin) ? fail(&r->cx, E_BUSY, "standard input broke off") : E_OK;
}

Err command_tool(Run *r) {
  for (size_t i = 0; r->argc == 1 && i < COUNT(tools); i++) {
    Str in, out;
    if (strcmp(r->argv[0], tools[i].name) != 0) continue;
    TRY(read_in(r, &in));
    TRY(tools[i].run(&r->cx, in, &out));
    fwrite(out.p, 1, out.n, stdout);
    putchar('\n');
    return E_OK;
  }
  return run_forms(r);
}
