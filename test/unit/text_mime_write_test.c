#include "base/base.h"
#include "text/mime_write.h"
#include "test.h"

static MailAddr reader[] = { { { "Jürgen Groß, Dr.", 18 }, { "j@example.de", 12 } } };
static MailOut plain(void) {
  return (MailOut){ .from = { S("Help Desk"), S("help@desk.example") }, .to = { reader, 1 }, .subject = S("Re: Türe — 渡辺さん"),
    .message_id = S("r1.2@desk.example"), .date = 1641200000 * SECOND, .text = S("Guten Tag,\n\n.dot\nFrom here — äöü\n") };
}

static bool lines_fit(Str s) {                     /* CR LF only, no line past 998 bytes (RFC 5322 2.1.1), all ASCII */
  size_t n = 0;
  for (size_t i = 0; i < s.n; i++) {
    bool end = s.p[i] == '\n';
    if (end != (i > 0 && s.p[i - 1] == '\r') || (unsigned char)s.p[i] >= 0x80 || n > 998) return false;
    n = end ? 0 : n + 1;
  }
  return true;
}

TEST(mail_written_and_read_back) {
  Cx cx = { .arena = a };
  Str refs[14], raw, again;
  for (int i = 0; i < 14; i++) refs[i] = str_fmt(a, "r%d.long-enough-to-fold-the-line@desk.example", i);
  MailFile files[] = {
    { .name = S("Größe „x“ 渡.pdf"), .type = S("application/pdf"), .bytes = S("%PDF\0\r\n\x80") },
    { .name = S("logo.png"), .type = S("image/png"), .cid = S("logo@x"), .is_inline = true, .bytes = S("PNG") },
    { .name = S("inner.eml"), .type = S("message/rfc822"), .bytes = S("Subject: inner\n\nx") },
  };
  MailHeader extra[] = { { S("X-Loop"), S("desk.example") } };
  MailOut out = plain();
  out.reply_to = (MailAddr){ S(""), S("help+r1@desk.example") };
  out.in_reply_to = S("x@y.org");
  out.references = refs; out.n_references = 14;
  out.auto_submitted = S("auto-replied");
  out.language = S("de");
  out.extra = extra; out.n_extra = 1;
  out.html = (Html){ S("<p>Guten Tag <img src=\"cid:logo@x\"></p>") };
  out.files = files; out.n_files = 3;
  OK(&cx, mime_write(&cx, &out, &raw));
  OK(&cx, mime_write(&cx, &out, &again));
  IS(again, raw);
  MUST(lines_fit(raw));
  Mail m;
  OK(&cx, mail_parse(&cx, raw, &m));
  IS(m.from.name, S("Help Desk"));              IS(m.from.email, S("help@desk.example"));
  IS(m.to.at[0].name, S("Jürgen Groß, Dr."));   IS(m.to.at[0].email, S("j@example.de"));
  IS(m.reply_to.at[0].email, S("help+r1@desk.example"));
  IS(m.subject, out.subject);
  IS(m.message_id, out.message_id);             IS(m.in_reply_to, out.in_reply_to);
  INT(m.n_references, MIME_REFERENCES_OUT);
  IS(m.references[0], refs[0]); IS(m.references[1], refs[5]); IS(m.references[9], refs[13]);
  INT(m.date, out.date);
  IS(m.language, S("de"));
  IS(m.text, S("Guten Tag,\n\n.dot\nFrom here — äöü"));
  IS(m.html, out.html.s);
  INT(m.n_files, 3);
  for (size_t i = 0; i < m.n_files; i++) {
    const MailFile *f = str_eq(m.files[i].name, S("logo.png")) ? &files[1] : str_eq(m.files[i].name, S("inner.eml")) ? &files[2] : &files[0];
    IS(m.files[i].name, f->name);
    IS(m.files[i].bytes, f->bytes);
    INT(m.files[i].is_inline, f->is_inline);
  }
  INT(m.automatic.kind, AUTO_REPLY);
  IS(mail_header(&m, "Precedence"), S("bulk"));
  IS(mail_header(&m, "X-Loop"), S("desk.example"));
}

TEST(mail_from_a_person) {
  Cx cx = { .arena = a };
  Str raw;
  Mail m;
  MailOut out = plain();
  OK(&cx, mime_write(&cx, &out, &raw));
  OK(&cx, mail_parse(&cx, raw, &m));
  MUST(!m.automatic.is && !m.html.n && !m.n_files && !m.in_reply_to.n);
}

TEST(mail_refuses_injection) {
  Cx cx = { .arena = a };
  Str raw;
  MailAddr nobody[] = { { S(""), S("nobody") } }, sneaky[] = { { S("A\r\nBcc: x@y.org"), S("a@b.org") } };
  MailHeader bad_name[] = { { S("X: y\r\nBcc"), S("x") } }, bad_value[] = { { S("X-A"), S("x\nBcc: y@z.org") } }, type[] = { { S("Content-Type"), S("text/html") } };
  MailFile file[] = { { .name = S("a\r\nX: y"), .type = S("text/plain") } };
#define REFUSED(f, change) do { MailOut out = plain(); change; ERR(&cx, mime_write(&cx, &out, &raw), E_INVALID); IS(cx.field, S(f)); } while (0)
  REFUSED("subject", out.subject = S("Hi\r\nBcc: x@y.org"));
  REFUSED("subject", out.subject = S("Hi\nthere"));
  REFUSED("subject", out.subject = ((Str){ "a\0b", 3 }));
  REFUSED("subject", out.subject = S("a\xff"));
  REFUSED("from", out.from.email = S("help"));
  REFUSED("from", out.from.name = S("Help\nX: y"));
  REFUSED("to", out.to = ((MailAddrs){ 0 }));
  REFUSED("to", out.to = ((MailAddrs){ nobody, 1 }));
  REFUSED("cc", out.cc = ((MailAddrs){ sneaky, 1 }));
  REFUSED("reply_to", out.reply_to.email = S("a@b.org\r\nX: y"));
  REFUSED("message_id", out.message_id = S(""));
  REFUSED("message_id", out.message_id = S("a b@c"));
  REFUSED("message_id", out.message_id = S("a@b>\r\nX: y"));
  REFUSED("in_reply_to", out.in_reply_to = S("<a@b>"));
  REFUSED("auto_submitted", out.auto_submitted = S("auto\r\nX: y"));
  REFUSED("extra", out.extra = bad_name; out.n_extra = 1);
  REFUSED("extra", out.extra = bad_value; out.n_extra = 1);
  REFUSED("extra", out.extra = type; out.n_extra = 1);
  REFUSED("files", out.files = file; out.n_files = 1);
#undef REFUSED
}
