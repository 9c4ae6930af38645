#include "fuzz.h"
#include "text/json.h"
#include "text/mail_json.h"
#include "text/mime_write.h"

/* What is read can be put into JSON; and who wrote and what was said can be written as a mail and read again. */
void fuzz_one(Arena *a, Str in) {
  Cx cx = { .arena = a };
  Str json, raw;
  const Json *j;
  Mail m, back;
  if (mail_parse(&cx, in, &m)) { HOLDS(cx.why.n); return; }
  HOLDS(m.reply_end >= -1 && m.reply_end <= (int64_t)m.text.n);
  HOLDS(str_utf8_ok(m.text) && str_utf8_ok(m.html) && str_utf8_ok(m.subject));
  for (size_t i = 0; i < m.n_files; i++) HOLDS(m.files[i].name.n && !memchr(m.files[i].name.p, '/', m.files[i].name.n) && str_utf8_ok(m.files[i].type));
  HOLDS(mail_parse_json(&cx, in, &json) == E_OK && json_read(&cx, json, &j) == E_OK);
  MailOut out = { .from = m.from, .to = m.to, .cc = m.cc, .subject = m.subject, .message_id = S("x@y.org"), .references = m.references,
    .n_references = m.n_references, .text = m.text, .files = m.files, .n_files = m.n_files };
  if (mime_write(&cx, &out, &raw)) return;
  HOLDS(mail_parse(&cx, raw, &back) == E_OK);
  HOLDS(str_eq(back.from.email, m.from.email) && str_eq(back.message_id, S("x@y.org")));
}
