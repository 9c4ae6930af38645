/* Who calls and how often: nets, proxies, rates. */
#include "test.h"
#include "web/proxy.h"
#include "web/rate.h"

TEST(nets) {
  static const struct { int line; const char *list, *ip; bool in; } cases[] = {
    { __LINE__, "127.0.0.1", "127.0.0.1", true },          { __LINE__, "127.0.0.1", "127.0.0.2", false },
    { __LINE__, "10.0.0.0/8", "10.255.1.2", true },        { __LINE__, "10.0.0.0/8", "11.0.0.1", false },
    { __LINE__, "10.0.0.0/9", "10.127.0.1", true },        { __LINE__, "10.0.0.0/9", "10.128.0.1", false },
    { __LINE__, "0.0.0.0/0", "203.0.113.9", true },        { __LINE__, "0.0.0.0/0", "2001:db8::1", false },
    { __LINE__, "2001:db8::/32", "2001:db8:1::7", true },  { __LINE__, "2001:db8::/32", "2001:db9::", false },
    { __LINE__, "::1, 192.0.2.0/24", "192.0.2.77", true }, { __LINE__, "10.0.0.1", "::ffff:10.0.0.1", true },
    { __LINE__, "", "127.0.0.1", false },                  { __LINE__, "127.0.0.1", "unknown", false },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Cx cx = { .arena = a };
    Nets nets = { 0 };
    OK(&cx, nets_parse(&cx, str_z(cases[i].list), &nets));
    INT_AT(cases[i].line, nets_have(&nets, str_z(cases[i].ip)), cases[i].in);
  }
  static const char *const bad[] = { "10.0.0.0/33", "10.0.0", "10.0.0.1/", "::/129", "host", "10.0.0.1/-1", "1.2.3.4/8/8" };
  for (size_t i = 0; i < COUNT(bad); i++) {
    Cx cx = { .arena = a };
    Nets nets = { 0 };
    ERR(&cx, nets_parse(&cx, str_z(bad[i]), &nets), E_INVALID);
    MUST(str_find(cx.why, str_z(bad[i])) != SIZE_MAX);
  }
}

TEST(callers) {
  static const struct { int line; const char *peer, *forwarded, *caller; } cases[] = {
    { __LINE__, "203.0.113.5", "198.51.100.1", "203.0.113.5" },                       /* a stranger's word is not taken */
    { __LINE__, "127.0.0.1", "", "127.0.0.1" },
    { __LINE__, "127.0.0.1", "198.51.100.1", "198.51.100.1" },
    { __LINE__, "127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1" },               /* what a caller put there before is not */
    { __LINE__, "127.0.0.1", "198.51.100.1, 10.1.1.1", "198.51.100.1" },
    { __LINE__, "127.0.0.1", "6.6.6.6, rubbish, 10.1.1.1", "10.1.1.1" },
    { __LINE__, "127.0.0.1", "10.1.1.2, 10.1.1.1", "10.1.1.2" },
  };
  Cx cx = { .arena = a };
  Nets nets = { 0 };
  OK(&cx, nets_parse(&cx, S("127.0.0.1 10.0.0.0/8"), &nets));
  for (size_t i = 0; i < COUNT(cases); i++)
    IS_AT(cases[i].line, ip_caller(a, &nets, str_z(cases[i].peer), str_z(cases[i].forwarded)), str_z(cases[i].caller));
}

static int at_once(Rate *r, Cost cost, RateOf of, Str key, int64_t at) {
  int n = 0;
  while (n < 10000 && !rate_take(r, cost, of, key, at)) n++;
  return n;
}

TEST(rates) {
  Rate *r = rate_new(1);
  INT(at_once(r, COST_SIGNIN, RATE_CALLER, S("ana"), 0), 10);
  int wait = rate_take(r, COST_SIGNIN, RATE_CALLER, S("ana"), 0);
  INT(wait, 13);                                                                      /* five a minute: the next in twelve seconds and a bit */
  MUST(rate_take(r, COST_SIGNIN, RATE_CALLER, S("ana"), 11 * SECOND) > 0);
  INT(rate_take(r, COST_SIGNIN, RATE_CALLER, S("ana"), wait * SECOND), 0);
  INT(at_once(r, COST_SIGNIN, RATE_CALLER, S("ana"), DAY), 10);                       /* never more than the burst */
  INT(at_once(r, COST_SIGNIN, RATE_CALLER, S("bo"), 0), 10);                          /* each by themselves */
  INT(at_once(r, COST_SIGNIN, RATE_IP, S("ana"), 0), 30);
  INT(at_once(r, COST_FREE, RATE_IP, S("ana"), 0), 10000);
  rate_free(r);
  r = rate_new(0);
  INT(at_once(r, COST_SIGNIN, RATE_CALLER, S("ana"), 0), 10000);
  rate_free(r);
  INT(at_once(NULL, COST_SIGNIN, RATE_CALLER, S("ana"), 0), 10000);
}

TEST(rates_of_many_callers_stay_bounded) {
  Rate *r = rate_new(1);
  for (int i = 0; i < 200000; i++) INT(rate_take(r, COST_CHANGE, RATE_IP, str_fmt(a, "192.0.2.%d", i), i), 0);
  rate_free(r);
}
