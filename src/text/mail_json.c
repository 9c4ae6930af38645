/* text/mail_json.c: see mail_json.h. */
#include "text/mail_json.h"
#include "text/html_clean.h"
#include "text/json.h"
#include "text/mime.h"
#include "text/tidy.h"

static void person(JsonOut *w, MailAddr who) {
  json_obj(w);
  JSON(w, "name", who.name);
  JSON(w, "email", who.email);
  json_end(w);
}

static void people(JsonOut *w, const char *name, MailAddrs list) {
  JSON_ARR(w, name);
  for (size_t i = 0; i < list.n; i++) person(w, list.at[i]);
  json_end(w);
}

static void or_null(JsonOut *w, const char *name, Str s) {
  json_name(w, name);
  if (s.n) json_put_str(w, s);
  else json_put_null(w);
}

static void headers(JsonOut *w, const Mail *m) {
  JSON(w, "subject", m->subject);
  json_name(w, "from");
  person(w, m->from);
  people(w, "to", m->to);
  people(w, "cc", m->cc);
  json_name(w, "reply_to");
  if (m->reply_to.n) person(w, m->reply_to.at[0]);
  else json_put_null(w);
  JSON_TIME(w, "date", m->date);
  or_null(w, "message_id", m->message_id);
  or_null(w, "in_reply_to", m->in_reply_to);
  JSON_ARR(w, "references");
  for (size_t i = 0; i < m->n_references; i++) json_put_str(w, m->references[i]);
  json_end(w);
}

static void files(JsonOut *w, const Mail *m) {
  JSON_ARR(w, "attachments");
  for (size_t i = 0; i < m->n_files; i++) {
    const MailFile *f = &m->files[i];
    json_obj(w);
    JSON(w, "name", f->name);
    JSON(w, "type", f->type);
    JSON(w, "size", f->bytes.n);
    JSON(w, "inline", f->is_inline);
    or_null(w, "cid", f->cid);
    json_end(w);
  }
  json_end(w);
}

Err mail_parse_json(Cx *cx, Str raw, Str *ret) {
  Mail m;
  TRY(mail_parse(cx, raw, &m));
  Buf b = { .arena = cx->arena };
  JsonOut out = { .to = &b }, *w = &out;
  Str reply = m.reply_end < 0 ? m.text : tidy_text(cx->arena, str_head(m.text, (size_t)m.reply_end), m.text.n);
  json_obj(w);
  headers(w, &m);
  JSON(w, "text", m.text);
  JSON(w, "reply_text", reply);
  or_null(w, "html", html_clean(cx->arena, m.html).s);
  files(w, &m);
  JSON_OBJ(w, "auto");
  JSON(w, "is", m.automatic.is);
  or_null(w, "why", m.automatic.why);
  json_end(w);
  JSON_OBJ(w, "bounce");
  JSON(w, "is", m.bounce.is);
  or_null(w, "status", m.bounce.status);
  or_null(w, "recipient", m.bounce.recipient);
  or_null(w, "message_id", m.bounce.message_id);
  json_end(w);
  json_end(w);
  *ret = buf_str(&b);
  return E_OK;
}
