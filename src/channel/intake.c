/* channel/intake.c: see intake.h. The order of the questions is the order of the functions in take_in. */
#include "channel/intake.h"
#include "channel/card_reply.h"
#include "channel/returned.h"
#include "channel/sender.h"
#include "channel/thread.h"
#include "desk/act.h"
#include "desk/card_remark.h"
#include "desk/inbox.h"
#include "desk/mailbox.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/touch.h"
#include "text/caps.h"
#include "text/html_clean.h"
#include "text/lang.h"
#include "text/num.h"
#include "text/tidy.h"

enum { COPIES = 20, FLOOD = 200, WORDS_MOST = 1000 * 1000, TRIES = 3, FEW = 4096 };

/* One mail on its way. end.outcome is set as soon as it is known. */
typedef struct {
  MailEntry entry;
  Str      raw, as;
  bool     trusted;
  int64_t  oversize;           /* whole size, if only a part is there */
  Mail     mail;
  Thread   thread;
  Request  request;            /* if thread.by */
  Card     card;               /* .id: it answers the mail of a card, and belongs to no conversation */
  Sender   sender;
  LoopSide side;               /* what the sender is to the request */
  bool     knows;              /* the sender takes part in it, and we may take them at their word */
  Actor    software;           /* who acts while nobody is found yet */
  int64_t *files; size_t file_n;
  MailEnd  end;
} Take;

static Err end(Take *t, Str outcome, Str reason) {
  t->end.outcome = outcome;
  t->end.reason = reason;
  return E_OK;
}

/* ---- what is no message to us */

/* Came before: by another way, or once more by the same. */
static Err take_same(Cx *cx, Take *t) {
  int64_t same;
  MailEntry before;
  TRY(mail_same(cx, &t->entry, &same));
  if (!same) return E_OK;
  TRY(mail_get(cx, same, &before));
  t->end.request_id = before.request_id;
  t->end.message = before.message;
  return end(t, S("duplicate"), str_fmt(cx->arena, "The same message came before; it is number %lld of this log.", (long long)same));
}

static Err take_own(Cx *cx, Take *t) {
  const Mail *m = &t->mail;
  int64_t request;
  Str domain;
  TRY(mail_domain(cx, &domain));
  bool own = mail_id_request(cx, m->message_id, &request);
  for (size_t i = 0; i < m->n_headers && !own; i++)
    own = str_ieq(m->headers[i].name, S("X-Cornerdesk-Loop")) && str_ieq(str_trim(m->headers[i].value), domain);
  if (own) return end(t, S("suppressed"), S("A message of our own that came back to us. Nothing was done, so that nothing goes round in circles."));
  if (m->from.email.n && mailbox_is_ours(cx, m->from.email))
    return end(t, S("suppressed"), S("It says that we wrote it ourselves. Nothing was done, so that nothing goes round in circles."));
  return E_OK;
}

static Err take_returned(Cx *cx, Take *t) {
  return t->mail.bounce.is ? returned_take(cx, &t->mail, &t->end) : E_OK;
}

/* Too large to be taken: who wrote it is told, once, unless a machine did. */
static Err take_oversize(Cx *cx, Take *t) {
  if (!t->oversize) return E_OK;
  Str is = num_size(cx->arena, NULL, t->oversize), most = num_size(cx->arena, NULL, CAP_MAIL_BYTES);
  bool told = t->mail.from.email.n && !t->mail.automatic.is && !t->sender.hold.n;
  if (told) {
    int64_t id;
    Str extra = str_fmt(cx->arena, "{\"size\":%lld,\"limit\":%lld}", (long long)t->oversize, (long long)CAP_MAIL_BYTES);
    TRY(outbox_put(cx, &(OutboxNew){ .kind = S("oversize"), .to_mail = t->mail.from.email, .to_name = t->mail.from.name, .subject = t->mail.subject,
                                     .to_id = t->sender.party.id, .extra = extra, .auto_ = true }, &id));
  }
  return end(t, S("held"), str_cat(cx->arena, S("It is "), is, S(" large and we take up to "), most, told ? S("; its writer was told.") : S(".")));
}

/* ---- who, and about what */

static Err take_thread(Cx *cx, Take *t) {
  TRY(thread_find(cx, &t->mail, &t->thread));
  if (!t->thread.by) return card_reply_find(cx, &t->mail, &t->card);
  Err e = request_get(cx, t->thread.request, &t->request);
  if (e == E_ABSENT) { t->thread = (Thread){ 0 }; cx->why = S(""); return E_OK; }
  return e;
}

static Err standing(Cx *cx, Take *t, Standing *ret) {
  Request seen;
  *ret = (Standing){ 0 };
  TRY(actor_load(cx, t->sender.party.id, &cx->actor));
  Err e = request_get(cx, t->thread.request, &seen);
  if (!e) e = request_standing(cx, &seen, ret);
  cx->actor = t->software;
  if (e == E_ABSENT) { cx->why = S(""); e = E_OK; }
  return e;
}

/* Does the sender take part? A number in a subject is no secret, so it counts only for those who do; and nobody speaks for
   us who does not hold an id or address that we signed. */
static Err take_sender(Cx *cx, Take *t) {
  TRY(sender_find(cx, &t->mail, t->trusted, &t->sender));
  Standing is = { 0 };
  if (t->thread.by && t->sender.party.id) TRY(standing(cx, t, &is));
  if (t->thread.by == THREAD_SUBJECT && !is.reads) t->thread = (Thread){ 0 };
  bool signed_ = t->thread.by == THREAD_ADDRESS || t->thread.by == THREAD_OWN_ID;
  t->side = is.side;
  t->knows = is.reads && (is.side != LOOP_PROVIDER || signed_);
  return E_OK;
}

/* Machines talk to us as well. Out of office and the like never open anything; other machines may ask if we know them. */
static Err take_machine(Cx *cx, Take *t) {
  const MailAuto *a = &t->mail.automatic;
  if (t->card.id && a->is && a->kind != AUTO_BULK && !t->trusted) return end(t, S("suppressed"), str_cat(cx->arena, S("An automatic answer to a card ("), a->why, S("). It says nothing for anybody.")));
  if (!a->is || t->trusted || (t->thread.by && t->knows && (t->side != LOOP_PROVIDER || a->kind == AUTO_BULK))) return E_OK;
  if (!t->thread.by && a->kind != AUTO_REPLY && t->sender.party.id && !t->sender.hold.n) return E_OK;
  t->end.request_id = t->thread.request;
  Str what = a->kind == AUTO_REPLY ? S("An automatic answer") : a->kind == AUTO_BULK ? S("Sent to many at once") : S("Written by a machine");
  return end(t, S("suppressed"), str_cat(cx->arena, what, S(" ("), a->why, S("). Nobody is told, and no loop starts.")));
}

static Err take_hold(Cx *cx, Take *t) {
  if (t->sender.hold.n) return end(t, S("held"), t->sender.hold);
  int64_t n = 0;
  if (!t->thread.by && t->sender.party.id && !t->trusted) TRY(mail_flood(cx, t->sender.party.id, &n));
  if (n < FLOOD) return E_OK;
  return end(t, S("held"), str_fmt(cx->arena, "%d requests came from " STR_FMT " within an hour; something may be going round in circles.", FLOOD,
                                   STR_ARG(t->mail.from.email)));
}

/* ---- the words and the files */

static Err file_new(Cx *cx, Take *t, const MailFile *f) {
  return attachment_new(cx, 0, f->name, f->type, f->cid, f->bytes, &t->files[t->file_n++]);
}

static Err take_files(Cx *cx, Take *t) {
  t->files = NEW_N(cx->arena, int64_t, t->mail.n_files + 1);
  for (size_t i = 0; i < t->mail.n_files; i++) TRY(file_new(cx, t, &t->mail.files[i]));
  if (t->mail.text.n <= WORDS_MOST) return E_OK;
  MailFile whole = { .name = S("whole message.txt"), .type = S("text/plain"), .bytes = t->mail.text };
  TRY(file_new(cx, t, &whole));
  t->mail.text = tidy_cap(t->mail.text, WORDS_MOST);
  if (t->mail.reply_end >= (int64_t)t->mail.text.n) t->mail.reply_end = -1;
  return E_OK;
}

static bool wordless(const Take *t) { return !str_trim(t->mail.text).n && !t->file_n; }
static Str html_of(Cx *cx, const Take *t) { return t->mail.html.n ? html_clean_mail(cx->arena, t->mail.html).s : S(""); }
static bool is_machine(const Take *t) { return t->mail.automatic.is && t->mail.automatic.kind != AUTO_BULK && !t->trusted; }

static MessageNew words_of(Cx *cx, const Take *t) {
  return (MessageNew){
    .text = wordless(t) ? tr(lang_find(t->sender.party.lang), "(This message came without words.)") : t->mail.text, .format = S("plain"), .html = html_of(cx, t), .channel = S("mail"),
    .lang = t->mail.language, .reply_end = t->mail.reply_end, .mail_id = t->entry.id, .untrusted = !t->knows, .machine = is_machine(t),
    .attachments = t->files, .attachment_n = t->file_n,
  };
}

/* ---- a request of its own */

/* An open question of the same person with the same subject, lately: worth a word to whoever answers, never more. */
static Err suggest(Cx *cx, const Take *t, const Request *r) {
  Rows past;
  TRY(inbox_past(cx, r->asker_id, r->id, 10, &past));
  Str mine = thread_subject(cx->arena, t->mail.subject, true);
  for (size_t i = 0; mine.n > 3 && i < past.n; i++) {
    const Request *p = ROW(Request, past, i);
    if (!str_ieq(thread_subject(cx->arena, p->subject, true), mine) || p->updated_at < cx->now - 14 * DAY || loop_ended(loop_state_of(p->state))) continue;
    return touch_new(cx, r->id, S("similar"), 0, request_ref(cx->arena, p->id));
  }
  return E_OK;
}

/* The asker's clock starts when they wrote, if their own clock can be believed. */
static int64_t since(const Cx *cx, const Take *t) {
  return t->mail.date < cx->now && t->mail.date > cx->now - 7 * DAY ? t->mail.date : cx->now;
}

/* The mailbox it came to: as whoever brought it says, else the first of ours that it names. .id 0: none. */
static Err mailbox_of(Cx *cx, const Take *t, Mailbox *ret) {
  MailAddr said = { .email = t->entry.mailbox };
  const MailAddrs lists[] = { { &said, t->entry.mailbox.n > 0 }, t->mail.delivered_to, t->mail.to, t->mail.cc };
  for (size_t i = 0; i < COUNT(lists); i++)
    for (size_t j = 0; j < lists[i].n && j < COPIES; j++) {
      Err e = mailbox_by_address(cx, lists[i].at[j].email, ret);
      if (e != E_ABSENT) return e;
      cx->why = S("");
    }
  *ret = (Mailbox){ 0 };
  return E_OK;
}

static Err take_request(Cx *cx, Take *t, int64_t after) {
  Party asker = t->sender.party;
  if (!asker.id) TRY(party_find_or_new(cx, t->mail.from.email, t->mail.from.name, &asker));
  Mailbox box;
  TRY(mailbox_of(cx, t, &box));
  int64_t copies[COPIES];
  size_t copy_n = 0;
  if (!t->mail.automatic.is) TRY(sender_copies(cx, &t->mail, asker.id, copies, COPIES, &copy_n));
  t->knows = true;
  MessageNew w = words_of(cx, t);
  RequestNew in = {
    .asker_id = asker.id, .team_id = t->card.id ? t->card.team_id : box.team_id, .kind = t->card.id ? S("feedback") : S(""), .after_id = after, .mail_id = t->entry.id, .subject = thread_subject(cx->arena, t->mail.subject, false), .text = w.text,
    .format = w.format, .html = w.html, .channel = w.channel, .lang = w.lang, .reply_end = w.reply_end, .attachments = w.attachments,
    .attachment_n = w.attachment_n, .copies = copies, .copy_n = copy_n, .quiet = t->mail.automatic.is, .since_at = since(cx, t),
  };
  Request r;
  TRY(actor_load(cx, asker.id, &cx->actor));
  Err e = request_new(cx, &in, &r);
  cx->actor = t->software;
  if (e == E_ABSENT) return end(t, S("held"), S("There is no team yet that could answer. Finish setting up, then take it in again."));
  TRY(e);
  TRY(thread_remember(cx, &t->mail, r.id, !t->card.id));     /* the card's own mail stays the card's */
  TRY(suggest(cx, t, &r));
  t->end.request_id = r.id;
  TRY(message_of_mail(cx, t->end.request_id, t->entry.id, &t->end.message));
  return end(t, S("request"), after ? str_cat(cx->arena, S("A late answer to "), request_ref(cx->arena, after), S(", which had ended; the two are linked."))
                                    : t->card.id ? S("Words to a card that is closed, or was somebody else's: a person reads them.")
                                    : is_machine(t) ? S("A machine we know asks; it gets no automatic answer.") : S("A new question."));
}

/* ---- a word in a conversation */

/* The act that the mail asks for, if its writer may do it and the request waits for it. */
static LoopAct act_meant(Cx *cx, const Take *t) {
  bool judges = t->knows && t->sender.party.id == t->request.asker_id && !is_machine(t);
  LoopState state = loop_state_of(t->request.state);
  bool asked = state == LOOP_REPORTED || (state == LOOP_LAPSED && !message_too_late(cx, &t->request));
  if (!judges || !asked) return LOOP_NO_ACT;
  if (t->thread.act == LOOP_ACT_ACCEPT) return state == LOOP_REPORTED ? LOOP_ACT_ACCEPT : LOOP_NO_ACT;
  if (t->thread.act) return t->thread.act;
  Str reply = t->mail.reply_end > 0 ? str_head(t->mail.text, (size_t)t->mail.reply_end) : t->mail.text;
  return thread_says_not_yet(cx->arena, lang_find(t->sender.party.lang), reply) ? LOOP_ACT_NOT_YET : LOOP_NO_ACT;
}

static Err take_verdict(Cx *cx, Take *t, LoopAct act) {
  MessageNew w = words_of(cx, t);
  ActNew in = { .act = act, .text = wordless(t) && act == LOOP_ACT_NOT_YET ? S("Not yet.") : wordless(t) ? S("") : w.text, .format = w.format,
                .html = w.html, .lang = w.lang, .channel = w.channel, .mail_id = w.mail_id, .reply_end = w.reply_end, .attachments = w.attachments,
                .attachment_n = w.attachment_n };
  TRY(act_do(cx, &t->request, &in));
  TRY(message_of_mail(cx, t->end.request_id, t->entry.id, &t->end.message));
  return end(t, S("verdict"), act == LOOP_ACT_ACCEPT ? S("The person who asked says that it is sorted.") : S("Counted as \"not yet\"; it is open again."));
}

static bool is_to(Cx *cx, const MailAddrs *list, Str mail) {
  for (size_t i = 0; i < list->n; i++) if (mail.n && mailaddr_eq(cx->arena, list->at[i].email, mail)) return true;
  return false;
}

static Err take_message(Cx *cx, Take *t) {
  MessageNew w = words_of(cx, t);
  int64_t copies[COPIES];
  if (t->knows && !t->mail.automatic.is) {
    Actor writer = cx->actor;
    cx->actor = t->software;
    TRY(sender_copies(cx, &t->mail, writer.party, copies, COPIES, &w.copy_n));
    cx->actor = writer;
    w.copies = copies;
  }
  w.quiet = is_to(cx, &t->mail.to, t->request.asker_mail) || is_to(cx, &t->mail.cc, t->request.asker_mail);   /* they have it from the writer */
  TRY(message_new(cx, &t->request, &w, &t->end.message));
  Str how = thread_how(t->thread.by);
  return end(t, S("reply"), w.machine ? S("An automatic answer; it is kept with the conversation and moves nothing.")
                          : !t->knows ? str_cat(cx->arena, S("Joined the conversation "), how, S("; its writer does not take part in it and cannot read it."))
                          : str_cat(cx->arena, S("Joined the conversation "), how, S(".")));
}

/* Who writes acts from here on; the caller puts the software back. */
static Err take_reply(Cx *cx, Take *t) {
  bool asker = t->knows && t->sender.party.id == t->request.asker_id;
  bool late = message_too_late(cx, &t->request) && (asker || !t->knows);
  if (late && is_machine(t)) return end(t, S("suppressed"), S("An automatic answer to a conversation that ended long ago."));
  if (late) return take_request(cx, t, asker ? t->request.id : 0);
  Party writer = t->sender.party;
  if (!writer.id) TRY(party_find_or_new(cx, t->mail.from.email, t->mail.from.name, &writer));
  t->end.request_id = t->request.id;
  LoopAct act = act_meant(cx, t);
  TRY(actor_load(cx, writer.id, &cx->actor));
  Err e = act ? take_verdict(cx, t, act) : take_message(cx, t);
  cx->actor = t->software;
  TRY(e);
  return thread_remember(cx, &t->mail, t->request.id, t->knows);
}

/* ---- words to a card */

/* Of whom it was given to, while it is open. The files alone are a question: nobody would see them on a card. */
static bool stays_with_card(const Cx *cx, const Take *t) {
  return t->card.id && t->card.asked_of == t->sender.party.id && !card_over(&t->card, cx->now) && (card_reply_words(&t->mail).n || !t->file_n);
}

static Err take_card(Cx *cx, Take *t) {
  int64_t id;
  Str words = card_reply_words(&t->mail);
  if (!words.n) return end(t, S("suppressed"), S("An answer to a card without words of its own. The card stays as it is."));
  TRY(card_remark_new(cx, &t->card, &(CardRemarkNew){ .words = words, .answers = t->mail.message_id, .mail_id = t->entry.id, .files = t->files, .file_n = t->file_n }, &id));
  return end(t, S("verdict"), S("Words to a card; they are kept with it. Who wrote them can make a request of them by one press."));
}

static Err take_words(Cx *cx, Take *t) {
  TRY(take_files(cx, t));
  if (stays_with_card(cx, t)) return take_card(cx, t);
  return t->thread.by ? take_reply(cx, t) : take_request(cx, t, 0);
}

/* ---- all of it */

static Err take_heads(Cx *cx, Take *t) {
  const Mail *m = &t->mail;
  t->entry.message_id = m->message_id;
  return mail_heads(cx, t->entry.id, &(MailHeads){ .message_id = m->message_id, .from_mail = m->from.email, .from_name = m->from.name, .subject = m->subject });
}

static Err take_in(Cx *cx, Take *t) {
  static Err (*const steps[])(Cx *, Take *) = {
    take_heads, take_same, take_own, take_returned, take_thread, take_sender, take_machine, take_oversize, take_hold, take_words,
  };
  for (size_t i = 0; i < COUNT(steps) && !t->end.outcome.n; i++) TRY(steps[i](cx, t));
  return mail_end(cx, t->entry.id, &t->end);
}

/* The few headers that tell a person what this is, out of a mail that could not be read as a whole. */
static Str few_headers(Arena *a, Str raw) {
  static const char *const wanted[] = { "From:", "Subject:", "Message-ID:" };
  Buf b = { .arena = a };
  bool keep = false;
  while (raw.n) {
    Str line = str_line(&raw);
    if (!line.n) break;
    bool more = line.p[0] == ' ' || line.p[0] == '\t', known = false;
    for (size_t i = 0; i < COUNT(wanted); i++) known = known || str_istarts(line, str_z(wanted[i]));
    keep = more ? keep : known;
    if (!keep || b.n > FEW) continue;
    buf_add(&b, str_head(line, FEW));
    buf_char(&b, '\n');
  }
  buf_add(&b, S("\n.\n"));
  return buf_str(&b);
}

static Err quarantine(Cx *cx, Take *t, Err e) {
  Str why = cx->why.n ? cx->why : err_title(e);
  Mail m;
  if (!mail_parse(cx, few_headers(cx->arena, t->raw), &m))
    TRY(mail_heads(cx, t->entry.id, &(MailHeads){ .message_id = m.message_id, .from_mail = m.from.email, .from_name = m.from.name, .subject = m.subject }));
  t->end = (MailEnd){ .outcome = S("quarantined"), .reason = str_cat(cx->arena, S("It could not be taken in: "), str_head(why, 1000)) };
  return mail_end(cx, t->entry.id, &t->end);
}

/* Once, within a transaction of its own that leaves no trace if it fails. */
static Err attempt(Cx *cx, Take *t) {
  Take fresh = { .entry = t->entry, .raw = t->raw, .as = t->as, .trusted = t->trusted, .oversize = t->oversize, .software = t->software };
  *t = fresh;
  DEFER(tx_end) Tx tx = { 0 };
  TRY(tx_begin(cx, &tx));
  TRY(mail_parse(cx, t->raw, &t->mail));
  TRY(take_in(cx, t));
  return tx_commit(&tx);
}

Err mail_take(Cx *cx, int64_t mail_id, Str as, Taken *ret) {
  Actor was = cx->actor;
  cx->actor = (Actor){ .system = true };
  Take t = { .as = as, .trusted = str_eq(as, S("trusted")), .software = cx->actor };
  if (str_starts(as, S("oversize:")) && !str_int(str_from(as, 9), &t.oversize)) t.oversize = 1;
  Err e = mail_get(cx, mail_id, &t.entry);
  if (!e) e = mail_raw(cx, &t.entry, &t.raw);
  t.end = (MailEnd){ .outcome = t.entry.outcome, .reason = t.entry.reason, .request_id = t.entry.request_id, .message = t.entry.message };
  if (!e && str_eq(t.entry.outcome, S("new"))) {
    e = E_CONFLICT;                                /* somebody wrote on the same request at this moment: look again */
    for (int i = 0; i < TRIES && e == E_CONFLICT; i++) { cx->actor = t.software; e = attempt(cx, &t); }
    cx->actor = t.software;
    if (e && e != E_BUSY) e = quarantine(cx, &t, e);
  }
  cx->actor = was;
  TRY(e);
  cx->why = cx->field = S("");
  *ret = (Taken){ .mail_id = mail_id, .request_id = t.end.request_id, .message = t.end.message, .outcome = t.end.outcome, .reason = t.end.reason };
  return E_OK;
}

Err mail_give_up(Cx *cx, int64_t mail_id, int64_t attempts) {
  return mail_end(cx, mail_id, &(MailEnd){ .outcome = S("quarantined"),
    .reason = str_fmt(cx->arena, "Reading it ended the program, %lld times. Its bytes are kept.", (long long)(attempts - 1)) });
}
