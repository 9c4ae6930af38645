/* desk/session.h: how we know who somebody is: passwords, signed-in browsers, links by mail, keys of programs.
   What leaves the house (cookie, link, key) is a random secret; what is kept is its SHA-256, so a stolen store opens
   nothing. Not here: what a person may do (party.h: actor_load), cookies and forms (web/gate.c). */
#ifndef DESK_SESSION_H
#define DESK_SESSION_H
#include "desk/site.h"
#include "store/db.h"

/* ---- passwords. password_check and password_hash take some 60 ms and 64 MB on purpose: on a reader, never in a command. */
#define PASSWORD_NO_MATCH N_("The address or the password is not right. Try again, or have a link sent.")
enum { PASSWORD_LEAST = 10, PASSWORD_MOST = 200 };                       /* code points, bytes */
/* E_DENIED with the same words, after the same time, whether address or password is wrong or the person is disabled. */
Err password_check(Cx *, Str mail, Str password, int64_t *ret_party) CHECKED;
Err password_hash(Cx *, Str password, Str *ret_hash) CHECKED;            /* E_INVALID on field "password": too short, too long */
Err password_put(Cx *, int64_t party, Str hash) CHECKED;                 /* "" takes the password away */
Err password_has(Cx *, int64_t party, bool *ret) CHECKED;

/* ---- browsers. A session ends 12 hours after it was last seen, and after 30 days in any case. */
#define SESSION_IDLE  (12 * HOUR)
#define SESSION_LIFE  (30 * DAY)
#define SESSION_STALE (5 * MINUTE)                                        /* from then on it is worth noting that it, or a key, was seen */
typedef struct { int64_t id, party_id, created_at, seen_at, ends_at; Str browser; } Session;   /* a row */
Err session_new(Cx *, int64_t party, Str browser, Str *ret_secret) CHECKED;   /* browser: its User-Agent */
Err session_find(Cx *, Str secret, Session *ret) CHECKED;                /* E_ABSENT: none, ended, idle */
Err session_seen(Cx *, int64_t id) CHECKED;
Err session_list(Cx *, int64_t party, Rows *ret) CHECKED;                /* rows of Session, last seen first; ended ones left out */
Err session_end(Cx *, int64_t party, int64_t id) CHECKED;                /* E_ABSENT: not theirs */
Err session_end_any(Cx *, int64_t id) CHECKED;                          /* the caller's own; no error if it is over */
Err session_end_others(Cx *, int64_t party, int64_t keep) CHECKED;       /* 0 keeps none; also makes links to sign in void */

/* ---- a link to sign in, sent by mail: once, for fifteen minutes. Looking does not use it up: mail scanners look. */
#define SIGNIN_LIFE (15 * MINUTE)
Err signin_new(Cx *, int64_t party, Str *ret_secret) CHECKED;
Err signin_look(Cx *, Str secret, int64_t *ret_party) CHECKED;           /* E_ABSENT: unknown, used, too old */
Err signin_use(Cx *, Str secret, int64_t *ret_party) CHECKED;

/* ---- keys of programs: "cdk_…". Shown once. */
typedef struct { int64_t id, party_id, created_at, used_at; Str name; } Token;   /* a row */
Err token_new(Cx *, int64_t party, Str name, Str *ret_secret) CHECKED;
Err token_find(Cx *, Str secret, Token *ret) CHECKED;                    /* E_ABSENT */
Err token_seen(Cx *, int64_t id) CHECKED;
Err token_list(Cx *, int64_t party, Rows *ret) CHECKED;                  /* rows of Token, newest first */
Err token_end(Cx *, int64_t party, int64_t id) CHECKED;                  /* E_ABSENT: not theirs */

/* ---- is it still so: for answers that stay open. ret[i]: keys[i] was not ended, is not too old, its person is not disabled. */
typedef struct { int64_t id; bool token; } Key;                          /* of a session, or of a token */
enum { KEYS_AT_ONCE = 40 };
Err keys_stand(Cx *, const Key *keys, size_t n, bool *ret) CHECKED;      /* n: at most KEYS_AT_ONCE */

/* ---- the person behind any of these: how to speak to them. zone: theirs, else the place's, else UTC; lang may be "".
   E_ABSENT: disabled, or nobody. party 0: a stranger, with the place's zone. */
typedef struct { Str name, lang, zone; } Who;
Err who_get(Cx *, int64_t party, Who *ret) CHECKED;

/* Throws away what has ended; by the ticker, once a day. */
Err session_tidy(Cx *) CHECKED;
#endif
