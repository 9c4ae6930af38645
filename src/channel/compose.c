/* channel/compose.c: see compose.h. The headers, and which letter a row is; letters about a request are in compose_talk.c,
   the others in compose_other.c. */
#include "channel/compose.h"
#include "channel/compose_parts.h"
#include "channel/thread.h"
#include "desk/mailbox.h"
#include "desk/mail_log.h"
#include "desk/setting.h"
#include "desk/site.h"
#include "text/mime_write.h"
#include "text/tidy.h"

enum { FILES_MOST = 15 * 1024 * 1024 };        /* bytes of files that go along; larger ones wait on the page */

static const struct { const char *kind; Err (*write)(Cx *, Composing *); bool about; } kinds[] = {
  { "reply",           compose_reply,           true },
  { "acknowledgement", compose_acknowledgement, true },
  { "reminder",        compose_reminder,        true },
  { "card",            compose_card,            false },
  { "remark",          compose_remark,          false },
  { "worth",           compose_worth,           false },
  { "notice",          compose_notice,          true },
  { "weekly",          compose_week,            false },
  { "signin",          compose_signin,          false },
  { "test",            compose_test,            false },
  { "oversize",        compose_oversize,        false },
};

/* ---- who reads, and what there is to know */

static Err reader(Cx *cx, Composing *c) {
  Str lang, zone;
  TRY(setting_get(cx, S("place.lang"), &lang));
  TRY(setting_get(cx, S("place.zone"), &zone));
  TRY(setting_get(cx, S("place.phone"), &c->phone));
  TRY(setting_place(cx, &c->place));
  if (c->row->to_id) TRY(party_get(cx, c->row->to_id, &c->to));
  if (c->to.lang.n) lang = c->to.lang;
  else if (c->request.id && c->request.asker_id == c->row->to_id && c->request.lang.n) lang = c->request.lang;
  cx->lang = lang_find(lang);
  cx->zone = c->to.zone.n ? c->to.zone : zone.n ? zone : S("UTC");
  c->name = c->row->to_name.n ? c->row->to_name : c->to.name;
  return E_OK;
}

static Err matter(Cx *cx, Composing *c) {
  const Outbox *o = c->row;
  if (str_starts(o->extra, S("{"))) TRY(json_read_object(cx, o->extra, &c->extra));
  if (o->request_id) TRY(request_get(cx, o->request_id, &c->request));
  if (o->message) {
    TRY(message_get(cx, o->message, &c->message));
    TRY(attachment_list(cx, o->message, &c->files));
  }
  return reader(cx, c);
}

/* ---- headers */

/* Reply to the last that came in; refer to all of the thread. */
static Err thread_headers(Cx *cx, Composing *c, MailOut *out) {
  Rows rows;
  TRY(mail_chain(cx, c->request.id, c->row->created_at + 1, &rows));
  Str *ids = NEW_N(cx->arena, Str, rows.n + 1);
  out->references = ids;
  for (size_t i = 0; i < rows.n; i++) {
    const MailLink *l = ROW(MailLink, rows, i);
    if (str_eq(l->message_id, out->message_id)) continue;
    ids[out->n_references++] = l->message_id;
    if (l->inbound || !out->in_reply_to.n) out->in_reply_to = l->message_id;
  }
  return mail_reply_address(cx, c->request.id, &out->reply_to.email);
}

static Str subject_of(Cx *cx, const Composing *c) {
  if (!c->request.id) return c->letter.subject;
  Str bare = thread_subject(cx->arena, c->request.subject, false);
  return str_cat(cx->arena, S("Re: "), bare, S(" ["), request_ref(cx->arena, c->request.id), S("]"));
}

/* A person's words come in their name, all else in the name of the place. */
static Str from_name(Cx *cx, const Composing *c) {
  if (c->row->is_auto || !c->author.n) return c->place;
  return str_cat(cx->arena, c->author, S(", "), c->place);
}

static Err file_along(Cx *cx, Composing *c, MailOut *out) {
  int64_t all = 0;
  for (size_t i = 0; i < c->files.n; i++) all += ROW(Attachment, c->files, i)->size;
  if (all > FILES_MOST) return E_OK;
  MailFile *files = NEW_N(cx->arena, MailFile, c->files.n + 1);
  out->files = files;
  for (size_t i = 0; i < c->files.n; i++) {
    const Attachment *x = ROW(Attachment, c->files, i);
    files[i] = (MailFile){ .name = x->name, .type = x->type, .cid = S("") };
    TRY(blob_get(cx, x->hash, &files[i].bytes));
    out->n_files++;
  }
  return E_OK;
}

bool compose_files_fit(const Composing *c) {
  int64_t all = 0;
  for (size_t i = 0; i < c->files.n; i++) all += ROW(Attachment, c->files, i)->size;
  return all <= FILES_MOST;
}

static Str auto_submitted(const Outbox *o) {
  if (!o->is_auto) return S("");
  return str_eq(o->kind, S("acknowledgement")) || str_eq(o->kind, S("remark")) || str_eq(o->kind, S("oversize")) ? S("auto-replied") : S("auto-generated");
}

static Err write_out(Cx *cx, Composing *c, Str *ret) {
  const Outbox *o = c->row;
  Str us, domain, text;
  Html html;
  TRY(mailbox_us(cx, &us));
  if (!us.n) return fail(cx, E_ABSENT, "No address to write as is set yet. Set mail.from, or go through setting up mail.");
  TRY(mail_domain(cx, &domain));
  c->letter.subject = subject_of(cx, c);
  letter_done(&c->letter, &html, &text);
  MailAddr to = { .name = tidy_line(cx->arena, c->name, 200), .email = o->to_mail };
  MailHeader more[] = { { S("X-Cornerdesk-Loop"), domain }, { S("Thread-Topic"), tidy_line(cx->arena, thread_subject(cx->arena, c->request.subject, false), 900) } };
  MailOut out = {
    .from = { tidy_line(cx->arena, from_name(cx, c), 200), us }, .to = { &to, 1 }, .subject = tidy_line(cx->arena, c->letter.subject, 900),
    .message_id = o->message_id, .date = cx->now, .auto_submitted = auto_submitted(o), .language = lang_tag(cx->lang), .extra = more, .n_extra = c->request.id ? 2 : 1,
    .text = text, .html = html,
  };
  if (c->request.id) TRY(thread_headers(cx, c, &out));
  else if (c->answers.n) { out.in_reply_to = c->answers; out.references = &c->answers; out.n_references = 1; }
  if (c->files.n) TRY(file_along(cx, c, &out));
  return mime_write(cx, &out, ret);
}

/* ---- one row */

static Err by_kind(Cx *cx, Composing *c, Str *ret) {
  for (size_t i = 0; i < COUNT(kinds); i++) {
    if (!str_eq(c->row->kind, str_z(kinds[i].kind))) continue;
    if (kinds[i].about && !c->request.id) return fail(cx, E_INVALID, "A mail about a request names no request.");
    letter_new(&c->letter, cx);
    c->letter.subject = c->row->subject;
    TRY(kinds[i].write(cx, c));
    return write_out(cx, c, ret);
  }
  return fail(cx, E_INVALID, "This version writes no mail of the kind " STR_FMT ".", STR_ARG(c->row->kind));
}

Err compose(Cx *cx, const Outbox *row, Str *ret) {
  Cx own = *cx;
  own.actor = (Actor){ .system = true };
  Composing c = { .row = row };
  Err e = matter(&own, &c);
  if (!e) e = by_kind(&own, &c, ret);
  cx->why = own.why;
  cx->field = own.field;
  return e;
}
