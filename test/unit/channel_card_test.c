/* What becomes of a mail that answers the mail of a card. On both stores. */
#include "channel/compose.h"
#include "channel_fixture.h"
#include "desk/card_remark.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/score.h"
#include "text/mime.h"

static Cx *all(const Cx *cx) {
  Cx *c = NEW(cx->arena, Cx);
  *c = *cx;
  c->actor = (Actor){ .system = true };
  return c;
}

static int64_t count(Cx *cx, Sql sql) {
  int64_t n;
  OK(cx, db_int_(cx, &n, sql, NULL, 0));
  return n;
}

/* A card of Ana's about IT, and the mail that brought it. */
static Card given(Cx *cx, const Place *p, Outbox *ret_mail) {
  int64_t id, out;
  Card c;
  OK(cx, db_int(cx, &id, SQL("INSERT INTO card(instrument, asked_of, team_id, channel, day, draw, below, asked_at, ends_at) VALUES ('recommend', ?1, ?2, 'mail', 1, 1, 2, ?3, ?4) RETURNING id"),
             V(p->ana), V(p->it), V(cx->now), V(cx->now + CARD_LIFE)));
  OK(cx, outbox_put(all(cx), &(OutboxNew){ .kind = S("card"), .to_id = p->ana, .subject = S("Service desk"), .auto_ = true, .extra = str_fmt(cx->arena, "{\"card\":%lld,\"again\":0}", (long long)id) }, &out));
  OK(cx, outbox_get(all(cx), out, ret_mail));
  OK(cx, card_get(all(cx), id, &c));
  return c;
}

static const char *z(Cx *cx, const char *before, Str s, const char *after) { return str_cstr(cx->arena, str_cat(cx->arena, str_z(before), s, str_z(after))); }

static Str reply(Cx *cx, const char *from, Str to, const char *id, const char *extra, const char *words) {
  return raw_mail(cx->arena, z(cx, "From: ", str_z(from), ""), "To: help@meridian.example", "Subject: Re: How likely is it?", z(cx, "Message-ID: <", str_z(id), "@mail.meridian.example>"),
                  z(cx, "In-Reply-To: <", to, ">"), "Date: Tue, 05 May 2026 10:00:00 +0100", extra[0] ? extra : "X-Nothing: here", "", words, "",
                  "On Mon, Meridian wrote:", "> How likely is it?", NULL);
}
#define ANA "Ana Souza <ana@meridian.example>"

TEST_STORES(words_back_to_a_card_stay_with_the_card) {
  Place p;
  Outbox o;
  Rows said;
  place_new(cx, &p);
  Card c = given(cx, &p, &o);
  int64_t before = count(cx, SQL("SELECT COUNT(*) FROM request"));
  Taken t = taken(cx, reply(cx, ANA, o.message_id, "back-1", "", "Thanks, all fine."));
  IS(t.outcome, S("verdict"));
  INT(t.request_id, 0);
  MUST(str_find(t.reason, S("kept with it")) != SIZE_MAX);
  INT(count(cx, SQL("SELECT COUNT(*) FROM request")), before);           /* thanks are no ticket */
  OK(cx, card_remarks(all(cx), &c, &said));
  INT(said.n, 1);
  IS(ROW(CardRemark, said, 0)->words, S("Thanks, all fine."));
  OK(cx, card_get(all(cx), c.id, &c));
  INT(c.answered_at, 0);                                                  /* no answer was chosen */
  Rows words;
  act_as(cx, p.sofie);
  OK(cx, relationship_add(all(cx), p.sofie, S("leads"), p.it));
  OK(cx, score_words(cx, instrument_named(S("recommend")), &(ScoreScope){ .to = cx->now + DAY }, 10, &words));
  INT(words.n, 1);                                                        /* read where the words of cards are read */
  IS(ROW(ScoreWords, words, 0)->words, S("Thanks, all fine."));
  act_as(cx, p.grace);
  OK(cx, score_words(cx, instrument_named(S("recommend")), &(ScoreScope){ .to = cx->now + DAY }, 10, &words));
  INT(words.n, 0);
  t = taken(cx, reply(cx, ANA, o.message_id, "back-1", "", "Thanks, all fine."));
  IS(t.outcome, S("duplicate"));
  Outbox told;
  int64_t id;
  OK(cx, db_int(cx, &id, SQL("SELECT id FROM outbox WHERE kind = 'remark' AND to_id = ?1"), V(p.ana)));
  OK(cx, outbox_get(all(cx), id, &told));
  t = taken(cx, reply(cx, ANA, told.message_id, "back-2", "", "And the coffee is good."));
  IS(t.outcome, S("verdict"));                                            /* an answer to that letter belongs there as well */
  for (int i = 0; i < 8; i++) {
    t = taken(cx, reply(cx, ANA, o.message_id, str_cstr(a, str_fmt(a, "loop-%d", i)), "", str_cstr(a, str_fmt(a, "Round %d.", i))));
    IS(t.outcome, S("verdict"));
  }
  INT(count(cx, SQL("SELECT COUNT(*) FROM card_remark")), 10);
  INT(count(cx, SQL("SELECT COUNT(*) FROM outbox WHERE kind = 'remark'")), 5);       /* round and round ends */
}

TEST_STORES(the_letter_says_where_the_words_are) {
  static Site site;
  Place p;
  Outbox o;
  Str bytes;
  Mail m;
  int64_t id;
  place_new(cx, &p);
  site = *cx->site;
  site.public_url = S("https://desk.example");
  cx->site = &site;
  Card c = given(cx, &p, &o);
  taken(cx, reply(cx, ANA, o.message_id, "back-1", "", "My laptop is broken again."));
  OK(cx, db_int(cx, &id, SQL("SELECT id FROM outbox WHERE kind = 'remark' AND to_id = ?1"), V(p.ana)));
  OK(cx, outbox_get(all(cx), id, &o));
  OK(cx, compose(cx, &o, &bytes));
  OK(cx, mail_parse(cx, bytes, &m));
  IS(mail_header(&m, "Auto-Submitted"), S("auto-replied"));
  IS(m.in_reply_to, S("back-1@mail.meridian.example"));
  Str link = str_cat(a, S("https://desk.example/my/card/"), card_token(cx, c.id));
  MUST(str_find(m.text, str_cat(a, link, S("/help?w="))) != SIZE_MAX && str_find(m.text, S("without your name")) != SIZE_MAX && str_find(m.text, S("counts only once you choose an answer")) != SIZE_MAX);
}

TEST_STORES(one_press_makes_a_request_of_the_words) {
  Place p;
  Outbox o;
  Rows said, files;
  Request r;
  Message first;
  int64_t request, again;
  place_new(cx, &p);
  Card c = given(cx, &p, &o);
  Str raw = raw_mail(a, "From: " ANA, "To: help@meridian.example", "Subject: Re: card", "Message-ID: <file-1@mail.meridian.example>", z(cx, "References: <", o.message_id, ">"), "MIME-Version: 1.0",
                     "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "", "My laptop is broken again.", "--b",
                     "Content-Type: text/plain; name=log.txt", "Content-Disposition: attachment; filename=log.txt", "", "it smokes", "--b--", NULL);
  IS(taken(cx, raw).outcome, S("verdict"));
  OK(cx, card_remarks(all(cx), &c, &said));
  int64_t id = ROW(CardRemark, said, 0)->id;
  act_as(cx, p.priya);
  ERR(cx, card_remark_open(cx, &c, id, &request), E_DENIED);
  act_as(cx, p.ana);
  OK(cx, card_remark_open(cx, &c, id, &request));
  OK(cx, card_remark_open(cx, &c, id, &again));
  INT(request, again);                                                    /* pressed twice is one request */
  OK(cx, request_get(cx, request, &r));
  IS(r.subject, S("My laptop is broken again."));
  INT(r.team_id, p.it);
  OK(cx, db_int(cx, &first.id, SQL("SELECT MIN(id) FROM message WHERE request_id = ?1"), V(request)));
  OK(cx, attachment_list(cx, first.id, &files));
  INT(files.n, 1);                                                        /* and what came with them is not lost */
}

TEST_STORES(what_a_card_cannot_keep_is_put_before_a_person) {
  Place p;
  Outbox o;
  Request r;
  place_new(cx, &p);
  Card c = given(cx, &p, &o);
  Taken t = taken(cx, reply(cx, "Priya Raghunathan <priya@meridian.example>", o.message_id, "other-1", "", "Ana sent me this. I think it is slow."));
  IS(t.outcome, S("request"));                                            /* of somebody else */
  OK(cx, request_get(all(cx), t.request_id, &r));
  IS(r.kind, S("feedback"));
  INT(r.team_id, p.it);
  t = taken(cx, reply(cx, ANA, o.message_id, "mine-1", "", "And I think so, too."));
  IS(t.outcome, S("verdict"));                                            /* the card stays Ana's, whoever wrote before */
  t = taken(cx, reply(cx, ANA, o.message_id, "ooo-1", "Auto-Submitted: auto-replied", "I am away until Monday."));
  IS(t.outcome, S("suppressed"));
  Rows said;
  OK(cx, card_remarks(all(cx), &c, &said));
  INT(said.n, 1);
  cx->now += CARD_LIFE + DAY;
  t = taken(cx, reply(cx, ANA, o.message_id, "late-1", "", "I only saw this now. My chair is broken."));
  IS(t.outcome, S("request"));                                            /* closed: nothing is lost */
  OK(cx, request_get(all(cx), t.request_id, &r));
  IS(r.kind, S("feedback"));
  INT(r.asker_id, p.ana);
  t = taken(cx, reply(cx, ANA, o.message_id, "ooo-2", "Auto-Submitted: auto-replied", "I am away."));
  IS(t.outcome, S("suppressed"));
}

TEST_STORES(who_wrote_back_is_not_reminded) {
  Place p;
  Outbox o;
  place_new(cx, &p);
  given(cx, &p, &o);
  taken(cx, reply(cx, ANA, o.message_id, "back-1", "", "Not now."));
  cx->now += CARD_REMIND + HOUR;
  cx->now += DAY - cx->now % DAY + 12 * HOUR;                             /* by day */
  OK(cx, card_round(all(cx)));
  INT(count(cx, SQL("SELECT COUNT(*) FROM card WHERE reminded_at > 0")), 0);
}
