/* text/mail_bounce.c: see mail_bounce.h. */
#include "text/mail_bounce.h"
#include "base/err.h"
#include "text/tidy.h"

enum { LOOK_BYTES = 64 * 1024 };

static const char *const subjects[] = {
  "Undelivered Mail Returned to Sender", "Undeliverable", "Delivery Status Notification", "Mail delivery failed", "Mail Delivery Failure", "Delivery failure",
  "Delivery has failed", "failure notice", "Returned mail", "Undeliverable mail", "Message could not be delivered", "Mail System Error", "Warning: message",
  "Warning: could not send", "Delayed Mail", "Nachricht nicht zustellbar", "Unzustellbar", "Onbestelbaar", "Niet te bezorgen", "Non remis", "Non distribuable",
  "No se puede entregar", "Não entregue", "Não é possível entregar", "Non recapitabile", "Kan inte levereras", "Kan ikke leveres", "Toimittamaton",
  "Nie można dostarczyć", "Nedoručitelné", "Недоставленное", "Не удается доставить", "配信不能", "无法传递", "배달되지 않음", NULL };

/* A field of a block of header lines, folded lines joined; "" if absent. */
static Str field(Arena *a, Str block, const char *name) {
  Buf b = { .arena = a };
  bool found = false;
  while (block.n) {
    Str line = str_line(&block), head, value;
    bool folded = line.n && (line.p[0] == ' ' || line.p[0] == '\t');
    if (found && !folded) break;
    if (found) { buf_char(&b, ' '); buf_add(&b, str_trim(line)); }
    else if (!folded && str_cut(line, ':', &head, &value) && str_ieq(str_trim(head), str_z(name))) { found = true; buf_add(&b, str_trim(value)); }
  }
  return tidy_line(a, buf_str(&b), 1000);
}

static Str after_semicolon(Str s) {                              /* "rfc822; ana@example.org" */
  Str type, rest;
  return str_cut(s, ';', &type, &rest) ? str_trim(rest) : str_trim(s);
}

static Str address_of(Arena *a, Str s) {
  MailAddrs all = mailaddr_list(a, after_semicolon(s));
  return all.n ? all.at[0].email : S("");
}

/* The block of lines up to the next blank line. */
static Str take_block(Str *rest) {
  while (rest->n && (rest->p[0] == '\n' || rest->p[0] == '\r')) *rest = str_from(*rest, 1);
  Str from = *rest;
  while (rest->n && str_line(rest).n) { }
  return str_head(from, from.n - rest->n);
}

/* x.y.z anywhere in a text, with x 2, 4 or 5: an enhanced status code, "" if there is none. */
static Str status_in(Str s) {
  for (size_t i = 0; i + 5 <= s.n; i++) {
    if (s.p[i + 1] != '.' || (s.p[i] != '2' && s.p[i] != '4' && s.p[i] != '5') || (i && (s.p[i - 1] == '.' || (s.p[i - 1] >= '0' && s.p[i - 1] <= '9')))) continue;
    size_t n = i + 2, dots = 0, digits = 0;
    for (; n < s.n && ((s.p[n] >= '0' && s.p[n] <= '9') || (s.p[n] == '.' && dots == 0)); n++) {
      dots += s.p[n] == '.';
      digits = s.p[n] == '.' ? 0 : digits + 1;
      if (digits > 3) break;
    }
    if (dots == 1 && digits && digits <= 3 && s.p[i + 2] != '.' && (n == s.n || s.p[n] != '.')) return (Str){ s.p + i, n - i };
  }
  return S("");
}

static MailBounceKind kind_of_action(Str action, Str status) {
  if (str_istarts(action, S("fail"))) return BOUNCE_FAILED;
  if (str_istarts(action, S("delay"))) return BOUNCE_DELAYED;
  if (action.n) return BOUNCE_NONE;                              /* delivered, relayed, expanded */
  return str_starts(status, S("5")) ? BOUNCE_FAILED : str_starts(status, S("4")) ? BOUNCE_DELAYED : BOUNCE_NONE;
}

/* One block a recipient; a failure says more than a delay. */
static MailBounce from_status_part(Arena *a, Str part) {
  MailBounce worst = { 0 };
  for (Str rest = str_head(part, LOOK_BYTES); rest.n;) {
    Str block = take_block(&rest), status = status_in(field(a, block, "Status")), detail = after_semicolon(field(a, block, "Diagnostic-Code"));
    Str final = address_of(a, field(a, block, "Final-Recipient")), original = address_of(a, field(a, block, "Original-Recipient"));
    MailBounceKind kind = kind_of_action(field(a, block, "Action"), status);
    bool worse = kind == BOUNCE_FAILED ? worst.kind != BOUNCE_FAILED : kind == BOUNCE_DELAYED && worst.kind == BOUNCE_NONE;
    if (worse) worst = (MailBounce){ true, kind, str_dup(a, status), original.n ? original : final, S(""), detail };
  }
  return worst;
}

static MailBounce from_complaint(Arena *a, Str part) {
  Str block = str_head(part, LOOK_BYTES), to = address_of(a, field(a, block, "Original-Rcpt-To"));
  if (!to.n) to = address_of(a, field(a, block, "Removal-Recipient"));
  return (MailBounce){ true, BOUNCE_COMPLAINT, S(""), to, S(""), field(a, block, "Feedback-Type") };
}

static bool by_daemon(const Mail *m) {
  static const char *const names[] = { "mailer-daemon", "mailer_daemon", "maildaemon", "mail-daemon", "postmaster", "microsoftexchange" };
  Str from = m->from.email.n ? m->from.email : m->from.name;
  for (size_t i = 0; i < COUNT(names); i++) if (str_istarts(from, str_z(names[i]))) return true;
  return str_eq(mail_header(m, "Return-Path"), S("<>"));
}

static bool subject_tells(const Mail *m) {
  for (const char *const *s = subjects; *s; s++) if (str_istarts(m->subject, str_z(*s))) return true;
  return false;
}

static bool ours(const MailAddrs *l, Str email) {
  for (size_t i = 0; i < l->n; i++) if (str_eq(l->at[i].email, email)) return true;
  return false;
}

/* The first address in the words that is neither the sender's nor the reader's. */
static Str recipient_in(Arena *a, const Mail *m) {
  Str rest = str_head(m->text, LOOK_BYTES / 8);
  while (rest.n) {
    Str line = str_line(&rest);
    if (!memchr(line.p, '@', line.n) || str_ifind(line, S("message-id")) != SIZE_MAX) continue;
    for (Str words = line; words.n;) {
      size_t n = 0;
      while (n < words.n && !strchr(" \t<>()\"',;:[]", words.p[n])) n++;
      Str email = mailaddr_normal(a, str_head(words, n));
      if (email.n && !str_eq(email, m->from.email) && !ours(&m->to, email)) return email;
      words = str_from(words, n + 1);
    }
  }
  return S("");
}

static MailBounce from_words(Arena *a, const Mail *m) {
  Str head = str_head(m->text, LOOK_BYTES / 8), failed = mail_header(m, "X-Failed-Recipients"), status = S("");
  bool daemon = by_daemon(m);
  if (failed.n || daemon) status = status_in(head);
  bool tells = failed.n || (daemon && (subject_tells(m) || status.n));
  if (!tells) return (MailBounce){ 0 };
  bool later = str_istarts(m->subject, S("warning")) || str_istarts(m->subject, S("delayed")) || str_starts(status, S("4"))
    || str_ifind(m->subject, S("(Delay)")) != SIZE_MAX;
  Str to = failed.n ? address_of(a, failed) : recipient_in(a, m);
  return (MailBounce){ true, later ? BOUNCE_DELAYED : BOUNCE_FAILED, str_dup(a, status), to, S(""), S("") };
}

/* Message-ID of the mail that came back: in the part that holds it, else in the words, else what this answers. */
static Str original_id(Arena *a, const Mail *m) {
  Str *ids;
  for (size_t i = 0; i < m->n_files; i++) {
    Str type = m->files[i].type;
    bool holds = str_eq(type, S("message/rfc822")) || str_eq(type, S("text/rfc822-headers")) || str_starts(type, S("message/global"));
    Str bytes = str_head(m->files[i].bytes, LOOK_BYTES);
    if (holds && mail_ids(a, field(a, take_block(&bytes), "Message-ID"), &ids)) return ids[0];
  }
  size_t at = str_ifind(str_head(m->text, LOOK_BYTES), S("\nmessage-id:"));
  if (at != SIZE_MAX) {
    Str rest = str_from(m->text, at + 1);
    if (mail_ids(a, str_from(str_line(&rest), 11), &ids)) return ids[0];
  }
  return m->in_reply_to.n ? m->in_reply_to : m->n_references ? m->references[m->n_references - 1] : S("");
}

MailBounce mail_bounce(Arena *a, const Mail *m) {
  MailBounce b = { 0 };
  bool report = false;
  for (size_t i = 0; i < m->n_files && !b.is; i++) {
    Str type = m->files[i].type;
    bool status = str_eq(type, S("message/delivery-status")) || str_eq(type, S("message/global-delivery-status"));
    report = report || status || str_eq(type, S("message/disposition-notification"));
    if (status) b = from_status_part(a, m->files[i].bytes);
    if (str_eq(type, S("message/feedback-report"))) b = from_complaint(a, m->files[i].bytes);
  }
  if (!b.is && !report) b = from_words(a, m);
  if (!b.is) return b;
  if (!b.status.n && b.kind != BOUNCE_COMPLAINT) b.status = b.kind == BOUNCE_FAILED ? S("5.0.0") : S("4.0.0");
  b.message_id = original_id(a, m);
  return b;
}
