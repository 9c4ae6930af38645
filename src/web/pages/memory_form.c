/* web/pages/memory_form.c: see memory_form.h. */
#include "web/pages/memory_form.h"
#include "desk/memory.h"

Err memory_form_do(Cx *cx, const Req *q, int64_t about, int64_t request_id, const char **ret_done) {
  Str word = req_form(q, "do");
  int64_t id;
  if (str_eq(word, S("new"))) {
    *ret_done = "remembered";
    return memory_new(cx, &(MemoryNew){ .about_id = about, .request_id = request_id, .kind = req_form(q, "kind"), .words = req_form(q, "words"),
                                        .source = req_form(q, "source") }, &id);
  }
  if (!req_form_int(q, "id", &id)) return fail(cx, E_MALFORMED, "Say which note.");
  *ret_done = str_eq(word, S("erase")) ? "forgotten" : "confirmed";
  return str_eq(word, S("erase")) ? memory_erase(cx, id) : memory_confirm(cx, id);
}
