/* The first day of a desk, and what a person may take with them on the last; on both stores. */
#include "desk/export.h"
#include "desk/mail_try.h"
#include "desk/mailbox.h"
#include "desk/memory.h"
#include "desk/message.h"
#include "desk/request.h"
#include "desk/service.h"
#include "desk/setting.h"
#include "desk/setup.h"
#include "store/job.h"
#include "store_fixture.h"
#include "text/json.h"

static const Site *site(void) {
  static Site s;
  s = (Site){ .public_url = S("https://desk.example"), .mail_from = S("help@meridian.example"), .mail_domain = S("meridian.example"),
              .remind_after = 3 * DAY, .lapse_after = 14 * DAY, .reopen_within = 30 * DAY, .append_within = 7 * DAY };
  memcpy(s.key, "a key for tests, 32 bytes long..", 32);
  return &s;
}

TEST(the_code_is_known_however_it_is_typed) {
  Str code = setup_code(a, site());
  INT(code.n, 16);
  MUST(setup_code_ok(a, site(), code));
  MUST(setup_code_ok(a, site(), str_cat(a, S(" "), str_head(code, 4), S("-"), str_from(code, 4), S(" "))));
  MUST(!setup_code_ok(a, site(), S("")));
  MUST(!setup_code_ok(a, site(), str_head(code, 15)));
  MUST(!setup_code_ok(a, site(), str_cat(a, code, S("a"))));
  Site other = *site();
  other.key[0] ^= 1;
  MUST(!setup_code_ok(a, &other, code));
}

TEST_STORES(a_place_is_set_up_and_takes_its_first_question) {
  bool open = false;
  int64_t step = 0, admin = 0, team = 0, added = 0;
  Str unread;
  cx->site = site();
  OK(cx, setup_open(cx, &open));
  MUST(open);
  OK(cx, setup_step(cx, &step));
  INT(step, SETUP_YOU);
  ERR(cx, setup_administrator(cx, S("  "), S("noor@meridian.example"), &admin), E_INVALID);
  IS(cx->field, S("name"));
  ERR(cx, setup_administrator(cx, S("Noor van Dijk"), S("noor"), &admin), E_INVALID);
  IS(cx->field, S("mail"));
  OK(cx, setup_administrator(cx, S("Noor van Dijk"), S("Noor@Meridian.example"), &admin));

  OK(cx, setup_open(cx, &open));
  MUST(!open);
  ERR(cx, setup_administrator(cx, S("Mallory"), S("mallory@evil.example"), &admin), E_CONFLICT);
  OK(cx, actor_load(cx, admin, &cx->actor));
  MUST(cx->actor.administers);

  ERR(cx, setup_place(cx, &(SetupPlace){ .name = S("Meridian Foods"), .zone = S("Europe/Nowhere") }), E_INVALID);
  IS(cx->field, S("zone"));
  OK(cx, setup_place(cx, &(SetupPlace){ .name = S("Meridian Foods"), .lang = S("pt"), .zone = S("Europe/Lisbon"), .phone = S("+351 22 555 0140") }));
  Party house;
  OK(cx, house_get(cx, &house));
  IS(house.name, S("Meridian Foods"));
  Str place;
  OK(cx, setting_place(cx, &place));
  IS(place, S("Meridian Foods"));

  ERR(cx, setup_team(cx, &(SetupTeam){ .name = S("Service desk"), .hours = S("whenever") }, &team), E_INVALID);
  OK(cx, setup_team(cx, &(SetupTeam){ .name = S("Service desk"), .lead = admin }, &team));
  int64_t again = 0;
  OK(cx, setup_team(cx, &(SetupTeam){ .name = S("Help"), .hours = S("daily 08:00-20:00"), .hear_within = 3600, .lead = admin }, &again));
  INT(again, team);                                     /* done again: the same team, another name */
  Rows teams;
  OK(cx, team_list(cx, &teams));
  INT(teams.n, 1);
  IS(ROW(Party, teams, 0)->name, S("Help"));

  OK(cx, setup_colleagues(cx, team, S("Sofie Janssens <sofie@meridian.example>, yusuf@meridian.example\r\n\n"
                                      "\"Holm, Lars\" <lars@meridian.example>; and so on\n"), &added, &unread));
  INT(added, 3);
  IS(unread, S("and so on\n"));
  Rows serving;
  OK(cx, relationship_from(cx, S("serves"), team, &serving));
  INT(serving.n, 3);
  OK(cx, setup_colleagues(cx, team, S("sofie@meridian.example"), &added, &unread));
  OK(cx, relationship_from(cx, S("serves"), team, &serving));
  INT(serving.n, 3);                                    /* twice is once */

  Party ana;
  Request r;
  OK(cx, party_find_or_new(cx, S("ana@elsewhere.example"), S("Ana Sousa"), &ana));
  OK(cx, actor_load(cx, ana.id, &cx->actor));
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = ana.id, .text = S("Where is my order?") }, &r));
  IS(r.team, S("Help"));
  INT(r.hear_at, cx->now + HOUR);                       /* Thursday 10:00 in Lisbon, an hour of open time */
}

TEST_STORES(who_comes_back_goes_on_where_they_were) {
  int64_t step = 0;
  OK(cx, setup_done(cx, SETUP_MAIL));
  OK(cx, setup_step(cx, &step));
  INT(step, SETUP_TEAM);
  OK(cx, setup_done(cx, SETUP_YOU));                     /* going back does not lose what was done */
  OK(cx, setup_step(cx, &step));
  INT(step, SETUP_TEAM);
  OK(cx, setup_done(cx, SETUP_TRY));
  OK(cx, setup_step(cx, &step));
  INT(step, SETUP_OVER);
  OK(cx, setting_set(cx, S("setup.step"), S("many")));   /* a broken value begins again */
  OK(cx, setup_step(cx, &step));
  INT(step, SETUP_YOU);
}

/* ── a mailbox is tried before it is used ────────────────────────────── */

TEST_STORES(a_mailbox_is_tried_and_then_used) {
  MailTry t;
  Str secret, job;
  cx->site = site();
  OK(cx, mail_try_get(cx, &t));
  INT(t.asked_at, 0);
  ERR(cx, mail_try_use(cx), E_CONFLICT);
  ERR(cx, mail_try_ask(cx, &(MailTryNew){ .address = S("help"), .secret = S("x") }), E_INVALID);
  IS(cx->field, S("address"));
  ERR(cx, mail_try_ask(cx, &(MailTryNew){ .address = S("help@meridian.example") }), E_INVALID);
  IS(cx->field, S("secret"));
  ERR(cx, mail_try_ask(cx, &(MailTryNew){ .address = S("help@meridian.example"), .secret = S("x"), .in_url = S("https://imap") }), E_INVALID);
  IS(cx->field, S("in_url"));
  OK(cx, mail_try_ask(cx, &(MailTryNew){ .address = S("Help@Meridian.example"), .secret = S("correct horse"), .in_url = S("imap://127.0.0.1:1143") }));
  Rows jobs;
  OK(cx, job_take(cx, S("mail-try"), MINUTE, 5, &jobs));
  INT(jobs.n, 1);
  job = ROW(Job, jobs, 0)->body;

  OK(cx, mail_try_take(cx, job, &t, &secret));
  IS(secret, S("correct horse"));
  Str kept;
  OK(cx, setting_get(cx, S("mail.try.secret"), &kept));
  MUST(str_find(kept, S("correct horse")) == SIZE_MAX);        /* sealed */
  t.in_fault = S("The server answered, but did not accept the password.");
  t.denied = true;
  OK(cx, mail_try_answer(cx, job, &t));
  OK(cx, mail_try_get(cx, &t));
  MUST(t.done_at && t.denied && !mail_try_well(&t));
  ERR(cx, mail_try_use(cx), E_CONFLICT);

  cx->now += SECOND;                                            /* again, with the same password: it is still known */
  OK(cx, mail_try_ask(cx, &(MailTryNew){ .address = S("help@meridian.example"), .in_url = S("imap://127.0.0.1:1143") }));
  ERR(cx, mail_try_take(cx, job, &t, &secret), E_ABSENT);       /* the first try counts no more */
  job = str_fmt(a, "%lld", (long long)cx->now);
  OK(cx, mail_try_take(cx, job, &t, &secret));
  IS(secret, S("correct horse"));
  t.out_url = S("smtp://127.0.0.1:1025");
  OK(cx, mail_try_answer(cx, job, &t));
  OK(cx, mail_try_use(cx));
  Mailbox box;
  OK(cx, mailbox_by_address(cx, S("help@meridian.example"), &box));
  IS(box.url, S("imap://127.0.0.1:1143"));
  OK(cx, mailbox_secret(cx, &box, &secret));
  IS(secret, S("correct horse"));
  Str out;
  OK(cx, setting_get(cx, S("mail.out"), &out));
  IS(out, S("smtp://127.0.0.1:1025"));
  ERR(cx, mail_try_ask(cx, &(MailTryNew){ .address = S("other@meridian.example") }), E_INVALID);   /* never another address's password */
}

/* ── taking it all along ─────────────────────────────────────────────── */

TEST_STORES(a_person_takes_all_of_theirs_and_nothing_of_others) {
  Party ana, olu;
  int64_t admin, team, id;
  Request r, other;
  cx->site = site();
  OK(cx, setup_administrator(cx, S("Noor van Dijk"), S("noor@meridian.example"), &admin));
  OK(cx, setup_team(cx, &(SetupTeam){ .name = S("Help"), .lead = admin }, &team));
  OK(cx, party_find_or_new(cx, S("ana@elsewhere.example"), S("Ana Sousa"), &ana));
  OK(cx, party_find_or_new(cx, S("olu@elsewhere.example"), S("Olu Adeyemi"), &olu));
  OK(cx, actor_load(cx, ana.id, &cx->actor));
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = ana.id, .text = S("Where is my order?"), .bar_good = S("a date") }, &r));
  OK(cx, actor_load(cx, olu.id, &cx->actor));
  OK(cx, request_new(cx, &(RequestNew){ .asker_id = olu.id, .text = S("A secret of Olu") }, &other));
  OK(cx, actor_load(cx, admin, &cx->actor));
  OK(cx, request_get(cx, r.id, &r));
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("She sounded tired"), .internal = true }, &id));
  OK(cx, message_new(cx, &r, &(MessageNew){ .text = S("It left yesterday.") }, &id));
  OK(cx, memory_new(cx, &(MemoryNew){ .about_id = ana.id, .kind = S("preference"), .words = S("Rather by mail"), .source = S("told") }, &id));

  Buf b = { .arena = a };
  OK(cx, actor_load(cx, olu.id, &cx->actor));
  ERR(cx, person_export(cx, ana.id, &b), E_DENIED);
  cx->actor = (Actor){ .party = ana.id, .only_request = r.id };
  ERR(cx, person_export(cx, ana.id, &b), E_DENIED);              /* a mailed link opens one conversation */
  OK(cx, actor_load(cx, ana.id, &cx->actor));
  b.n = 0;
  OK(cx, person_export(cx, ana.id, &b));
  Str all = buf_str(&b);
  const Json *j;
  OK(cx, json_read_object(cx, all, &j));
  static const char *const in[] = { "ana@elsewhere.example", "Where is my order?", "a date", "It left yesterday.", "Rather by mail", "\"verdicts\"" };
  for (size_t i = 0; i < COUNT(in); i++) MUST(str_find(all, str_z(in[i])) != SIZE_MAX);
  static const char *const out[] = { "A secret of Olu", "She sounded tired", "olu@" };
  for (size_t i = 0; i < COUNT(out); i++) MUST(str_find(all, str_z(out[i])) == SIZE_MAX);
  INT(cx->actor.party, ana.id);
}

TEST_STORES(how_somebody_is_addressed_may_be_emptied_again) {
  Party p;
  int64_t id;
  OK(cx, party_new(cx, &(PartyNew){ .name = S("Ana"), .mail = S("ana@a.example"), .pronouns = S("she/her"), .phone = S("1"), .title = S("Lead") }, &id));
  OK(cx, party_address_as(cx, id, &(PartyNew){ .name = S("Ana Sousa"), .say_name = S("AH-na") }));
  OK(cx, party_get(cx, id, &p));
  IS(p.name, S("Ana Sousa"));
  IS(p.say_name, S("AH-na"));
  IS(p.pronouns, S(""));
  IS(p.phone, S(""));
  IS(p.title, S("Lead"));                                        /* not theirs to say here */
  ERR(cx, party_address_as(cx, id, &(PartyNew){ .name = S(" ") }), E_INVALID);
}
