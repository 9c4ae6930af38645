#include "fuzz.h"
#include "text/xml.h"

/* What is read is written, read and written again the same; what is refused is refused with a sentence. */
void fuzz_one(Arena *a, Str in) {
  Cx cx = { .arena = a };
  Xml *x, *again;
  Buf once = { .arena = a }, twice = { .arena = a };
  if (xml_read(&cx, in, &x, NULL)) { HOLDS(cx.why.n && str_utf8_ok(cx.why)); return; }
  HOLDS(x->name.n > 0);
  xml_document(&once, x);
  HOLDS(str_utf8_ok(buf_str(&once)));
  Err e = xml_read(&cx, buf_str(&once), &again, NULL);
  if (e == E_TOO_LARGE) return;                              /* escapes are longer than what they stand for */
  HOLDS(e == E_OK);
  xml_document(&twice, again);
  HOLDS(str_eq(buf_str(&once), buf_str(&twice)));
}
