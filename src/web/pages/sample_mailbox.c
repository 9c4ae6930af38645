/* web/pages/sample_mailbox.c: in the sample organisation, the other end of the mail: every mail that would have gone out, and
   a way to write in as anybody. What is written in goes the way of all mail: it is stored, and taken in by the courier.
   Not there where real people are. */
#include "base/random.h"
#include "desk/mail_log.h"
#include "desk/message.h"
#include "desk/site.h"
#include "text/mime_write.h"
#include "views.h"
#include "web/pages/desk_page.h"
#include "web/pages/outbox.h"
#include "web/pages/portal.h"

extern const Route sample_mailbox_routes[];

enum { SHOWN = 40, WRITERS = 60 };

#define FRAME_CSP "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'"

static Err demo_only(Cx *cx) {
  return cx->site->demo ? E_OK : fail(cx, E_ABSENT, N_("The sample mailbox is there in the sample organisation only."));
}

/* The desk's own software reads here: nobody is real, so nothing is anybody's. */
static Cx everybody(const Cx *cx) {
  Cx all = *cx;
  all.actor = (Actor){ .system = true };
  return all;
}

static Err load_list(Cx *cx, const Req *q, SampleMailbox *p) {
  Cx all = everybody(cx);
  OutboxFilter f = { .limit = SHOWN + 1 };
  (void)req_get_int(q, "before", &f.before);
  TRY(outbox_list(&all, &f, &p->mails));
  if (p->mails.n > SHOWN) {
    p->mails.n = SHOWN;
    p->next = ROW(Outbox, p->mails, SHOWN - 1)->id;
  }
  return E_OK;
}

static Err load_mail(Cx *cx, Outbox *o, SampleMailbox *p) {
  Str raw;
  p->open = o;
  if (!o->hash.n) return E_OK;
  TRY(blob_get(cx, o->hash, &raw));
  p->written = mail_parse(cx, raw, &p->mail) == E_OK;
  cx->why = S("");
  return E_OK;
}

static Err draw(Cx *cx, const Req *q, Res *res, SampleMailbox *p) {
  Shell s;
  View v;
  p->wrong = &res->wrong;
  p->done = str_eq(req_get(q, "done"), S("written")) ? tr(cx->lang, "Sent in. It is taken in as any mail is; look into the inbox in a moment.") : S("");
  TRY(mailbox_us(cx, &p->us));
  TRY(party_list(cx, &(PartyFilter){ .kind = S("person"), .role = S("asker"), .limit = WRITERS }, &p->people));
  TRY(page_begin(cx, q, res, tr(cx->lang, "Sample mailbox"), &s, &v));
  if (p->open) view_sample_mail_page(&v, &s, p); else view_sample_mailbox_page(&v, &s, p);
  return E_OK;
}

static Err list(Cx *cx, const Req *q, Res *res) {
  SampleMailbox p = { 0 };
  TRY(demo_only(cx));
  TRY(load_list(cx, q, &p));
  return draw(cx, q, res, &p);
}

static Err take(Cx *cx, const Req *q, Outbox *ret) {
  Cx all = everybody(cx);
  int64_t id;
  TRY(demo_only(cx));
  if (!req_param_int(q, "id", &id)) return fail(cx, E_ABSENT, N_("There is no such mail."));
  Err e = outbox_get(&all, id, ret);
  cx->why = all.why;
  return e;
}

static Str reply_to(const Mail *m) { return m->reply_to.n ? m->reply_to.at[0].email : m->from.email; }

static Err one(Cx *cx, const Req *q, Res *res) {
  SampleMailbox p = { 0 };
  Outbox *o = NEW(cx->arena, Outbox);
  TRY(take(cx, q, o));
  TRY(load_mail(cx, o, &p));
  p.from = o->to_id;
  if (p.written) {
    p.to = reply_to(&p.mail);
    p.answers = p.mail.message_id;
    p.subject = str_istarts(p.mail.subject, S("Re:")) ? p.mail.subject : str_cat(cx->arena, S("Re: "), p.mail.subject);
  }
  return draw(cx, q, res, &p);
}

/* A letter of our own, as the courier wrote it: it may bring its own look, and can do nothing else. */
static Err frame(Cx *cx, const Req *q, Res *res) {
  SampleMailbox p = { 0 };
  Outbox o;
  TRY(take(cx, q, &o));
  TRY(load_mail(cx, &o, &p));
  if (!p.written) return fail(cx, E_ABSENT, N_("This mail is not written yet."));
  View v = view_for(cx, &res->body);
  res->csp = S(FRAME_CSP);
  if (p.mail.html.n) view_sample_frame(&v, (Html){ p.mail.html }); else view_sample_text(&v, p.mail.text);
  return E_OK;
}

/* ── writing in ──────────────────────────────────────────────────────── */

static Err compose(Cx *cx, const Req *q, const SampleMailbox *p, Str *ret) {
  Party who;
  TRY(party_get(cx, p->from, &who));
  if (!who.mail.n) return fail_field(cx, "from", N_("This person has no address to write from."));
  MailAddr to = { .email = p->to };
  Str local, domain;
  str_cut_last(who.mail, '@', &local, &domain);
  MailOut m = { .from = { .name = who.name, .email = who.mail }, .to = { .at = &to, .n = 1 }, .subject = p->subject, .text = p->text, .date = cx->now,
                .message_id = str_cat(cx->arena, random_token(cx->arena, 12), S("@"), domain), .in_reply_to = p->answers };
  (void)q;
  if (p->answers.n) { m.references = &p->answers; m.n_references = 1; }
  return mime_write(cx, &m, ret);
}

static Err write_in(Cx *cx, const Req *q, Res *res, const SampleMailbox *p) {
  Str raw;
  int64_t id;
  bool known;
  if (!p->from) return res_wrong(cx, res, "from", tr(cx->lang, "Say who writes."));
  if (!str_trim(p->text).n) return res_wrong(cx, res, "text", tr(cx->lang, "Write something."));
  TRY(compose(cx, q, p, &raw));
  Cx all = everybody(cx);
  Err e = mail_store(&all, &(MailNew){ .mailbox = p->us, .raw = raw, .alone = true }, &id, &known);
  cx->why = all.why;
  return e;
}

static Err send(Cx *cx, const Req *q, Res *res) {
  SampleMailbox p = { .to = str_trim(req_form(q, "to")), .subject = str_trim(req_form(q, "subject")), .text = req_form(q, "text"), .answers = str_trim(req_form(q, "answers")) };
  TRY(demo_only(cx));
  (void)req_form_int(q, "from", &p.from);
  TRY(mailbox_us(cx, &p.us));
  if (!p.to.n) p.to = p.us;
  Err e = write_in(cx, q, res, &p);
  if (!e) return res_redirect(cx, res, S("/sample-mailbox?done=written"));
  if (!portal_refused(cx, res, e)) return e;
  TRY(load_list(cx, q, &p));
  return draw(cx, q, res, &p);
}

const Route sample_mailbox_routes[] = {
  { .verb = GET,  .path = "/sample-mailbox",            .run = list,  .may = MAY_ANYONE, .link = true, .about = "Every mail that would have gone out (sample organisation)" },
  { .verb = POST, .path = "/sample-mailbox",            .run = send,  .may = MAY_ANYONE, .link = true, .about = "Write in as anybody (sample organisation)" },
  { .verb = GET,  .path = "/sample-mailbox/{id}",       .run = one,   .may = MAY_ANYONE, .link = true, .about = "One of them" },
  { .verb = GET,  .path = "/sample-mailbox/{id}/frame", .run = frame, .may = MAY_ANYONE, .link = true, .about = "Its words, in a frame of their own" },
  { 0 }
};
