#include "fuzz.h"
#include "text/encword.h"
#include "text/mailaddr.h"

void fuzz_one(Arena *a, Str in) {
  MailAddrs all = mailaddr_list(a, in);
  for (size_t i = 0; i < all.n; i++) {
    Str email = all.at[i].email, name = all.at[i].name;
    HOLDS(mailaddr_ok(email) && str_eq(mailaddr_normal(a, email), email));
    HOLDS(str_utf8_ok(name));
    for (size_t k = 0; k < name.n; k++) HOLDS((unsigned char)name.p[k] >= 0x20);
  }
  HOLDS(str_utf8_ok(str_utf8_fix(a, encword_decode(a, in))));
  Str normal = mailaddr_normal(a, in);
  HOLDS(!normal.n || mailaddr_ok(normal));
}
