#include "fuzz.h"
#include "text/url.h"

void fuzz_one(Arena *a, Str in) {
  Cx cx = { .arena = a };
  Url u;
  Form f;
  Buf b = { .arena = a };
  Str safe = url_safe(a, in);
  HOLDS(str_utf8_ok(safe) && str_eq(url_safe(a, safe), safe));
  for (size_t i = 0; i < safe.n; i++) HOLDS((unsigned char)safe.p[i] > 0x20 && !strchr("\"<>\\", safe.p[i]));
  if (url_parse(in, &u)) HOLDS(u.host.n && u.port >= 0 && u.port <= 65535);
  url_encode(&b, in);
  HOLDS(str_eq(url_decode(a, buf_str(&b)), str_utf8_fix(a, in)));
  if (form_parse(&cx, in, &f) == E_OK) for (size_t i = 0; i < f.n; i++) HOLDS(str_utf8_ok(f.at[i].name) && str_utf8_ok(f.at[i].value));
}
