/* The mail log and the mailboxes, on both stores. */
#include "desk/mail_log.h"
#include "desk/mailbox.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/seal.h"
#include "desk_fixture.h"
#include "store/job.h"

static void as_system(Cx *cx) { cx->actor = (Actor){ .system = true }; }

static int64_t stored(Cx *cx, const char *mailbox, const char *raw, int64_t uid) {
  int64_t id = 0;
  bool known = true;
  OK(cx, mail_store(cx, &(MailNew){ .mailbox = str_z(mailbox), .raw = str_z(raw), .uidvalidity = uid ? 7 : 0, .uid = uid }, &id, &known));
  MUST(id > 0 && !known);
  return id;
}

static void ended(Cx *cx, int64_t id, const char *outcome, const char *message_id) {
  OK(cx, mail_heads(cx, id, &(MailHeads){ .message_id = str_z(message_id), .from_mail = S("ana@meridian.example"), .from_name = S("Ana Souza"),
                                          .subject = S("Label printer 100%") }));
  OK(cx, mail_end(cx, id, &(MailEnd){ .outcome = str_z(outcome), .reason = S("because") }));
}

TEST_STORES(mail_is_stored_once_and_stands_until_it_ended) {
  Place p;
  place_new(cx, &p);
  as_system(cx);
  int64_t id = stored(cx, "help@meridian.example", "Subject: x\r\n\r\nhello\r\n", 12), same;
  bool known;
  OK(cx, mail_store(cx, &(MailNew){ .mailbox = S("help@meridian.example"), .raw = S("other bytes"), .uidvalidity = 7, .uid = 12 }, &same, &known));
  MUST(known && same == id);
  MailEntry m;
  OK(cx, mail_get(cx, id, &m));
  IS(m.outcome, S("new"));
  Str raw;
  OK(cx, mail_raw(cx, &m, &raw));
  IS(raw, S("Subject: x\r\n\r\nhello\r\n"));
  int64_t due = 0;
  OK(cx, job_next(cx, S("mail-take"), &due));
  MUST(due > cx->now);
  int64_t attempts;
  OK(cx, mail_attempt(cx, id, &attempts));
  INT(attempts, 2);
  ended(cx, id, "suppressed", "a@b");
  OK(cx, job_next(cx, S("mail-take"), &due));
  INT(due, 0);
  ERR(cx, mail_end(cx, id, &(MailEnd){ .outcome = S("lost") }), E_BROKEN);
}

TEST_STORES(the_same_words_again) {
  Place p;
  place_new(cx, &p);
  as_system(cx);
  int64_t mailbox, first, found;
  OK(cx, mailbox_put(cx, &(MailboxNew){ .address = S("hr@meridian.example"), .team_id = p.hr }, &mailbox));
  first = stored(cx, "help@meridian.example", "Received: one\r\n\r\nbody\r\n", 0);
  ended(cx, first, "request", "id1@x");
  static const struct { int line; const char *mailbox, *raw, *id; bool same; } rows[] = {
    { __LINE__, "help@meridian.example", "Received: two\r\n\r\nbody\r\n", "id1@x", true },
    { __LINE__, "help@meridian.example", "Received: two\r\n\r\nother body\r\n", "id1@x", false },
    { __LINE__, "help@meridian.example", "Received: one\r\n\r\nbody\r\n", "id2@x", false },
    { __LINE__, "other@meridian.example", "Received: two\r\n\r\nbody\r\n", "id1@x", true },
    { __LINE__, "hr@meridian.example", "Received: two\r\n\r\nbody\r\n", "id1@x", false },
    { __LINE__, "help@meridian.example", "Received: one\r\n\r\nbody\r\n", "", false },
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    int64_t id = stored(cx, rows[i].mailbox, rows[i].raw, 0);
    OK(cx, mail_heads(cx, id, &(MailHeads){ .message_id = str_z(rows[i].id), .from_mail = S(""), .from_name = S(""), .subject = S("") }));
    MailEntry m;
    OK(cx, mail_get(cx, id, &m));
    OK(cx, mail_same(cx, &m, &found));
    INT_AT(rows[i].line, found, rows[i].same ? first : 0);
  }
  int64_t nameless = stored(cx, "help@meridian.example", "No id\r\n\r\nx", 0), again = stored(cx, "help@meridian.example", "No id\r\n\r\nx", 0);
  ended(cx, nameless, "request", "");
  MailEntry m;
  OK(cx, mail_get(cx, again, &m));
  OK(cx, mail_same(cx, &m, &found));
  INT(found, nameless);
  ended(cx, first, "quarantined", "id1@x");          /* what was not taken in makes nobody a duplicate */
  OK(cx, mail_get(cx, first + 1, &m));
  OK(cx, mail_same(cx, &m, &found));
  INT(found, 0);
}

TEST_STORES(the_log_lists_counts_and_tries_again) {
  Place p;
  place_new(cx, &p);
  as_system(cx);
  int64_t a1 = stored(cx, "", "one", 0), b = stored(cx, "", "two", 0), c = stored(cx, "", "three", 0);
  ended(cx, a1, "request", "one@x");
  ended(cx, b, "quarantined", "two@x");
  Rows rows;
  OK(cx, mail_list(cx, &(MailFilter){ 0 }, &rows));
  INT(rows.n, 3);
  INT(ROW(MailEntry, rows, 0)->id, c);
  static const struct { int line; const char *q; size_t n; } finds[] = {
    { __LINE__, "label", 2 }, { __LINE__, "100%", 2 }, { __LINE__, "1_0", 0 }, { __LINE__, "<two@x>", 1 }, { __LINE__, "SOUZA", 2 }, { __LINE__, "'", 0 },
    { __LINE__, "\\", 0 },
  };
  for (size_t i = 0; i < COUNT(finds); i++) {
    OK(cx, mail_list(cx, &(MailFilter){ .q = str_z(finds[i].q) }, &rows));
    INT_AT(finds[i].line, rows.n, finds[i].n);
  }
  OK(cx, mail_list(cx, &(MailFilter){ .before = c, .outcome = S("request") }, &rows));
  INT(rows.n, 1);
  MailCounts n;
  OK(cx, mail_counts(cx, cx->now - DAY, &n));
  MUST(n.all == 3 && n.request == 1 && n.quarantined == 1 && n.fresh == 1);
  OK(cx, mail_counts(cx, cx->now + 1, &n));
  INT(n.all, 0);
  act_as(cx, p.sofie);
  ERR(cx, mail_list(cx, &(MailFilter){ 0 }, &rows), E_DENIED);
  ERR(cx, mail_retry(cx, b, S("")), E_DENIED);
  act_as(cx, p.admin);
  ERR(cx, mail_retry(cx, a1, S("")), E_CONFLICT);
  OK(cx, mail_retry(cx, b, S("trusted")));
  as_system(cx);
  Rows jobs;
  OK(cx, job_take(cx, S("mail-take"), MINUTE, 9, &jobs));
  INT(jobs.n, 1);
  IS(ROW(Job, jobs, 0)->body, str_fmt(cx->arena, "%lld trusted", (long long)b));
  MailEntry m;
  OK(cx, mail_get(cx, b, &m));
  IS(m.outcome, S("new"));
  ended(cx, b, "held", "two@x");
  OK(cx, mail_retry(cx, b, S("junk")));
  OK(cx, mail_get(cx, b, &m));
  IS(m.outcome, S("suppressed"));
}

TEST_STORES(mailboxes_keep_their_place_and_their_secret) {
  Place p;
  place_new(cx, &p);
  as_system(cx);
  int64_t id, same;
  ERR(cx, mailbox_put(cx, &(MailboxNew){ .address = S("nobody") }, &id), E_INVALID);
  ERR(cx, mailbox_put(cx, &(MailboxNew){ .address = S("porto@meridian.example"), .url = S("http://x") }, &id), E_INVALID);
  OK(cx, mailbox_put(cx, &(MailboxNew){ .address = S("Porto@Meridian.example"), .url = S("imaps://imap.meridian.example"), .account = S("porto"),
                                        .secret = S("s3cret"), .team_id = p.it }, &id));
  OK(cx, mailbox_read_to(cx, id, 99, 12));
  OK(cx, mailbox_read_to(cx, id, 99, 11));          /* never back */
  OK(cx, mailbox_put(cx, &(MailboxNew){ .address = S("porto@meridian.example"), .url = S("imaps://imap.meridian.example"), .account = S("porto") }, &same));
  INT(same, id);
  Mailbox b;
  OK(cx, mailbox_get(cx, id, &b));
  MUST(b.uidvalidity == 99 && b.uid == 12 && str_find(b.secret, S("s3cret")) == SIZE_MAX);
  Str secret;
  OK(cx, mailbox_secret(cx, &b, &secret));
  IS(secret, S("s3cret"));
  OK(cx, mailbox_put(cx, &(MailboxNew){ .address = S("porto@meridian.example"), .url = S("imaps://other.example"), .account = S("porto") }, &same));
  OK(cx, mailbox_get(cx, id, &b));
  MUST(b.uidvalidity == 0 && b.uid == 0);
  MUST(mailbox_is_ours(cx, S("PORTO+r1-x@meridian.example")));
  MUST(mailbox_is_ours(cx, S("help+r1-x@meridian.example")));      /* what we write as */
  MUST(!mailbox_is_ours(cx, S("ana@meridian.example")) && !mailbox_is_ours(cx, S("")));
  OK(cx, mailbox_looked(cx, id, &(MailboxLook){ .fault = S("Nothing answers.") }));
  OK(cx, mailbox_looked(cx, id, &(MailboxLook){ .fault = S("Nothing answers.") }));
  OK(cx, mailbox_get(cx, id, &b));
  INT(mailbox_next(&b, MINUTE) - b.looked_at, 4 * MINUTE);
  b.faults = 60;
  INT(mailbox_next(&b, MINUTE) - b.looked_at, HOUR);
  OK(cx, mailbox_looked(cx, id, &(MailboxLook){ .fault = S(""), .got = true }));
  OK(cx, mailbox_get(cx, id, &b));
  MUST(b.faults == 0 && b.fault.n == 0 && b.got_at == cx->now);
}

TEST(a_sealed_secret_opens_with_its_key_only) {
  Site one = { 0 }, two = { 0 };
  two.key[0] = 1;
  Cx cx = { .arena = a, .site = &one };
  Str box = seal(a, &one, S("pass\xc3\xa9")), open;
  MUST(!str_eq(box, seal(a, &one, S("pass\xc3\xa9"))));
  OK(&cx, seal_open(&cx, box, &open));
  IS(open, S("pass\xc3\xa9"));
  OK(&cx, seal_open(&cx, S(""), &open));
  IS(open, S(""));
  cx.site = &two;
  ERR(&cx, seal_open(&cx, box, &open), E_BROKEN);
  ERR(&cx, seal_open(&cx, S("abc"), &open), E_BROKEN);
}
