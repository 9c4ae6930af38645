/* Decisions of the asker's pages. */
#include "channel/mail_try.h"
#include "test.h"
#include "web/pages/portal.h"

TEST(where_a_request_stands_for_the_one_who_asked) {
  enum { NOW = 1000, PAST = 900, LATER = 1100 };
  static const struct { int line; const char *state, *ball; int64_t hear, due, owner; Stand stand; bool waits; } cases[] = {
    { __LINE__, "REQUESTED", "provider", LATER, LATER, 0, STAND_LOOKING,   false },
    { __LINE__, "REQUESTED", "provider", PAST,  PAST,  0, STAND_LATE,      false },
    { __LINE__, "REQUESTED", "provider", PAST,  PAST,  7, STAND_LOOKING,   false },   /* somebody has it and spoke up */
    { __LINE__, "REQUESTED", "customer", LATER, LATER, 7, STAND_ASKED,     true  },
    { __LINE__, "COUNTERED", "customer", 0,     LATER, 7, STAND_OFFER,     true  },
    { __LINE__, "COUNTERED", "provider", 0,     LATER, 7, STAND_OFFER,     true  },   /* a question in between: the offer still stands */
    { __LINE__, "PROMISED",  "provider", 0,     LATER, 7, STAND_PROMISED,  false },
    { __LINE__, "PROMISED",  "provider", 0,     PAST,  7, STAND_OVERDUE,   false },
    { __LINE__, "PROMISED",  "customer", 0,     PAST,  7, STAND_ASKED,     true  },
    { __LINE__, "AMENDING",  "provider", 0,     LATER, 7, STAND_CHANGING,  false },
    { __LINE__, "REPORTED",  "customer", 0,     LATER, 7, STAND_REPORTED,  true  },
    { __LINE__, "REPORTED",  "provider", 0,     LATER, 7, STAND_READING,   false },
    { __LINE__, "REVOKED",   "customer", 0,     LATER, 7, STAND_REVOKED,   true  },
    { __LINE__, "ACCEPTED",  "",         0,     PAST,  7, STAND_SORTED,    false },
    { __LINE__, "DECLINED",  "",         0,     0,     7, STAND_DECLINED,  false },
    { __LINE__, "WITHDRAWN", "",         0,     0,     7, STAND_WITHDRAWN, false },
    { __LINE__, "LAPSED",    "",         0,     PAST,  7, STAND_RESTING,   false },
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    Request r = { .state = str_z(cases[i].state), .ball = str_z(cases[i].ball), .hear_at = cases[i].hear, .due_at = cases[i].due,
                  .owner_id = cases[i].owner };
    INT_AT(cases[i].line, portal_stand(&r, NOW), cases[i].stand);
    INT_AT(cases[i].line, portal_waits(portal_stand(&r, NOW)), cases[i].waits);
  }
}

TEST(a_number_to_call) {
  IS(portal_tel(a, S("+351 22 555-0140 (desk)")), S("tel:+351225550140"));
  IS(portal_tel(a, S("0800 1+2")), S("tel:080012"));
}

TEST(servers_of_an_address) {
  const Str *s = mail_servers(a, S("help@Gmail.com"), "imap");
  IS(s[0], S("imaps://imap.gmail.com"));
  INT(s[1].n, 0);
  s = mail_servers(a, S("help@meridian.example"), "smtp");
  IS(s[0], S("smtps://smtp.meridian.example"));
  IS(s[1], S("smtp://smtp.meridian.example:587"));
  s = mail_servers(a, S("help@meridian.example"), "imap");
  IS(s[1], S("imap://imap.meridian.example"));
}
