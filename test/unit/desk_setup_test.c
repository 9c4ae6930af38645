/* The first day of a desk, on both stores. */
#include "desk/act.h"
#include "desk/request.h"
#include "desk/service.h"
#include "desk/setting.h"
#include "desk/setup.h"
#include "store_fixture.h"

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
