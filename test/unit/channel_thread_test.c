/* Subjects, and the only words that count. */
#include "channel/thread.h"
#include "channel/send.h"
#include "channel/sender.h"
#include "channel/wire.h"
#include "test.h"

TEST(subject_without_its_wrapping) {
  static const struct { int line; const char *in, *out, *bare; } rows[] = {
    { __LINE__, "Printer", "Printer", "Printer" },
    { __LINE__, "Re: Printer", "Printer", "Printer" },
    { __LINE__, "RE: AW: [R-12] Printer", "Printer", "Printer" },
    { __LINE__, "Re[2]: Printer [R-12]", "Printer", "Printer" },
    { __LINE__, "Fwd: Printer", "Fwd: Printer", "Printer" },
    { __LINE__, "Re: Fw: Printer", "Fw: Printer", "Printer" },
    { __LINE__, "回复：打印机", "打印机", "打印机" },
    { __LINE__, "Report: quarterly", "Report: quarterly", "Report: quarterly" },
    { __LINE__, "[R-x] thing", "[R-x] thing", "[R-x] thing" },
    { __LINE__, "Re:", "", "" },
    { __LINE__, "", "", "" },
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    IS_AT(rows[i].line, thread_subject(a, str_z(rows[i].in), false), str_z(rows[i].out));
    IS_AT(rows[i].line, thread_subject(a, str_z(rows[i].in), true), str_z(rows[i].bare));
  }
}

TEST(only_plain_words_reopen) {
  static const struct { int line; const char *in; bool yes; } rows[] = {
    { __LINE__, "not yet", true }, { __LINE__, "Not yet.\n\nIt still prints yesterday.", true }, { __LINE__, "  NOT YET!!\n", true },
    { __LINE__, "still not", true }, { __LINE__, "not yet sure, will look", false }, { __LINE__, "sorted", false },
    { __LINE__, "Thanks!\nnot yet", false }, { __LINE__, "", false },
  };
  for (size_t i = 0; i < COUNT(rows); i++) INT_AT(rows[i].line, thread_says_not_yet(a, NULL, str_z(rows[i].in)), rows[i].yes);
}

TEST(server_addresses) {
  static const struct { int line; const char *in, *scheme, *host, *account, *secret, *path; int port; bool ok, secured, here, plain; } rows[] = {
    { __LINE__, "imaps://help%40x.org:p%3Aw@imap.x.org/Desk", "imap", "imap.x.org", "help@x.org", "p:w", "Desk", 993, true, true, false, false },
    { __LINE__, "imap://127.0.0.1:1143", "imap", "127.0.0.1", "", "", "", 1143, true, false, true, false },
    { __LINE__, "IMAP://Host?tls=off", "imap", "host", "", "", "", 143, true, false, false, true },
    { __LINE__, "smtp://a:b@[::1]:2525/", "smtp", "::1", "a", "b", "", 2525, true, false, true, false },
    { __LINE__, "smtps://h", "smtp", "h", "", "", "", 465, true, true, false, false },
    { __LINE__, "imaps://u:p@", "imap", "", "", "", "", 0, false, false, false, false },
    { __LINE__, "imaps://h:0", "imap", "", "", "", "", 0, false, false, false, false },
    { __LINE__, "imaps://h\r\nx", "imap", "", "", "", "", 0, false, false, false, false },
    { __LINE__, "pop3://h", "imap", "", "", "", "", 0, false, false, false, false },
    { __LINE__, "", "imap", "", "", "", "", 0, false, false, false, false },
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    Cx cx = { .arena = a };
    WireUrl u;
    Err e = wire_url(&cx, str_z(rows[i].in), rows[i].scheme, &u);
    INT_AT(rows[i].line, e, rows[i].ok ? E_OK : E_INVALID);
    if (e) continue;
    IS_AT(rows[i].line, u.host, str_z(rows[i].host));
    IS_AT(rows[i].line, u.account, str_z(rows[i].account));
    IS_AT(rows[i].line, u.secret, str_z(rows[i].secret));
    IS_AT(rows[i].line, u.path, str_z(rows[i].path));
    INT_AT(rows[i].line, wire_port(&u), rows[i].port);
    MUST_AT(rows[i].line, u.secured == rows[i].secured && u.here == rows[i].here && u.plain == rows[i].plain);
  }
}

TEST(tries_grow_seldom_and_end) {
  int64_t now = 1000 * DAY, before = 0;
  for (int64_t n = 0; n < 8; n++) {
    int64_t low = send_again_at(now, now, n, 0) - now, high = send_again_at(now, now, n, UINT64_MAX) - now;
    MUST(low >= before && high < 5 * HOUR && high > 0);
    if (n < 5) before = low;
  }
  INT(send_again_at(now, now - 5 * DAY, 3, 0), 0);
  MUST(send_again_at(now, now - 5 * DAY + 1, 30, 0) > now);
}

static Mail with_results(Arena *a, const char *value) {
  MailHeader *h = NEW_N(a, MailHeader, 2);
  h[0] = (MailHeader){ S("Authentication-Results"), S("evil.example; dmarc=pass") };
  h[1] = (MailHeader){ S("authentication-results"), str_z(value) };
  return (Mail){ .from = { S("Ana"), S("ana@meridian.example") }, .headers = h, .n_headers = 2 };
}

TEST(only_our_own_server_is_believed_about_a_sender) {
  static const struct { int line; const char *value; bool doubt; } rows[] = {
    { __LINE__, "mx.meridian.example; dkim=pass; spf=softfail; dmarc=pass", false },
    { __LINE__, "mx.meridian.example; spf=softfail; dkim=none; dmarc=fail (p=reject)", true },
    { __LINE__, "mx.meridian.example 1; dmarc=fail", true },
    { __LINE__, "mx.meridian.example; spf=fail smtp.mailfrom=x; dkim=fail", true },
    { __LINE__, "mx.meridian.example; dkim=pass; spf=fail", false },
    { __LINE__, "mx.meridian.example; none", false },
    { __LINE__, "other.example; dmarc=fail", false },
    { __LINE__, "mx.meridian.example; x-dmarc=fail", false },
  };
  Cx cx = { .arena = a };
  for (size_t i = 0; i < COUNT(rows); i++) {
    Mail m = with_results(a, rows[i].value);
    INT_AT(rows[i].line, sender_doubt(&cx, &m, S("mx.meridian.example")).n > 0, rows[i].doubt);
    INT_AT(rows[i].line, sender_doubt(&cx, &m, S("")).n, 0);
  }
}
