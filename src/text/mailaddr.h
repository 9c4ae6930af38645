/* text/mailaddr.h: mail addresses and lists of them, as in From and To (RFC 5322 3.4, with what real mailers write).
   Not here: who a person is (desk/party.h). Invariant: every MailAddr handed out has an email in its normal form
   that mailaddr_ok accepts; names are one tidy line. */
#ifndef TEXT_MAILADDR_H
#define TEXT_MAILADDR_H
#include "base/str.h"

typedef struct { Str name, email; } MailAddr;           /* name "" if none was given */
typedef struct { MailAddr *at; size_t n; } MailAddrs;

/* Could this be delivered to? local@domain, CAP_LOCAL_BYTES and CAP_ADDRESS_BYTES, letters of any script. Takes the odd
   dots of Japanese carriers, machines without a dot (root@mail) and address literals. Refuses quoted local parts. */
bool mailaddr_ok(Str email);
/* The stricter question for an address a person types: the domain has a dot and a name for its last label. */
bool mailaddr_typed_ok(Str email);

/* One spelling for one mailbox: trimmed, lower case, domain in its ASCII form (xn--…), no dot at the end.
   Empty if it is no address. "Ana@BÜCHER.de" → "ana@xn--bcher-kva.de". */
Str mailaddr_normal(Arena *, Str email);

/* Exactly one address, with or without a name. */
bool mailaddr_parse(Arena *, Str, MailAddr *ret);

/* All addresses of a header's raw or decoded value: groups are opened, semicolons taken for commas, encoded words decoded;
   what is no address is left out, the same address twice too. At most CAP_ADDRESSES. */
MailAddrs mailaddr_list(Arena *, Str header);

/* The same mailbox: equal in normal form. */
bool mailaddr_eq(Arena *, Str a, Str b);

Str mailaddr_domain(Str email);                         /* after the last @, "" if none */
#endif
