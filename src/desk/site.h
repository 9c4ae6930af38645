/* desk/site.h: what the whole house knows and no request changes: settings of the command line and the keys.
   Frozen before threads start, so any thread reads it without a lock. Not here: what the wizard and the back room set
   (the place's name, its languages): that is in the database, table setting. */
#ifndef DESK_SITE_H
#define DESK_SITE_H
#include "base/base.h"

struct Site {
  Str     public_url;        /* "https://help.example.org", no slash at the end; links in mail begin with it */
  bool    https;             /* public_url is https: cookies are Secure, HSTS is said */
  unsigned char key[32];     /* everything secret is derived from it: site_key */
  Str     data;              /* directory for files of our own */
  bool    demo;              /* sample organisation: nothing leaves the machine */
  int64_t max_upload;        /* bytes of one request's body */
  Str     metrics_token;     /* opens /metrics to others than this machine; "" = nobody */
  Str     mail_from;         /* the address we write as */
  Str     mail_in;           /* imaps://user:password@…, several with blanks between; "" = only what the wizard set */
  int64_t mail_poll;         /* microseconds between looks into a mailbox; 0: a minute */
  Str     mail_authserv;     /* whose Authentication-Results are believed; "" = nobody's */
  Str     mail_out;          /* smtp://…, "" = mail waits in the outbox */
  Str     mail_domain;       /* right of the @ in our Message-IDs and reply addresses */
  int64_t remind_after;      /* microseconds after a report until the asker is reminded; twice */
  int64_t lapse_after;       /* … until silence lapses */
  int64_t moment_after;      /* of opening hours after a bad moment until a letter tells of it, if nobody spoke or took it; 0: never */
  int64_t reopen_within;     /* after a lapse: a not-yet or a message takes the request up again */
  int64_t append_within;     /* after an end: a late message stays on the request; later it opens a new one */
  int64_t link_life;         /* microseconds a mailed link opens its request */
};

/* A key for one purpose, so that a signature made for one thing never passes for another. purpose: 8 letters, a
   literal of its own for each use ("csrf....", "maillink"). */
void site_key(const Site *, const char purpose[static 8], unsigned char ret[static 32]);

/* HMAC-SHA-256 of data under that key. Compare with secret_eq. */
void site_mac(const Site *, const char purpose[static 8], Str data, unsigned char ret[static 32]);
Str  site_sign(Arena *, const Site *, const char purpose[static 8], Str data);   /* its first 16 bytes as 22 letters of base64url */
/* The first 80 bits as 16 letters and digits of one case, for places that do not keep case: mail addresses. */
Str  site_mark(Arena *, const Site *, const char purpose[static 8], Str data);
bool site_signed(const Site *, const char purpose[static 8], Str data, Str sign);

/* E_BUSY: the store does not answer, or its tables are of another version. On cx->db. */
Err  site_ready(Cx *) CHECKED;
#endif
