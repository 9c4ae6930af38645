/* desk/seal.h: secrets that must be read again (the password of a mailbox), kept so that a copy of the store alone
   does not give them away: XSalsa20-Poly1305 (libsodium's secretbox) under a key derived from the site's.
   Not here: passwords of people, which are only ever hashed. */
#ifndef DESK_SEAL_H
#define DESK_SEAL_H
#include "desk/site.h"

Str seal(Arena *, const Site *, Str secret);               /* base64url of nonce and box; "" stays "" */
/* E_BROKEN: sealed with another key, or changed. "" opens as "". */
Err seal_open(Cx *, Str sealed, Str *ret) CHECKED;
#endif
