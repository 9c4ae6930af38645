/* web/pages/account.h: what the account page is drawn from. */
#ifndef WEB_PAGES_ACCOUNT_H
#define WEB_PAGES_ACCOUNT_H
#include "desk/session.h"
#include "web/parts.h"
#include "web/shell.h"

typedef struct {
  bool  has_password, serves, leads, letter;     /* letter: the one on Mondays, for those who lead */
  const Session *sessions; size_t session_n;
  int64_t session_id;                    /* this browser's */
  const Token *tokens; size_t token_n;
  Str   new_token;                       /* shown this once; "" for none */
  Str   lang, zone;
  Str   done;                            /* what was just done, in words; "" for nothing */
  const Pairs *wrong;
} AccountPage;

/* "Chrome on Linux", of what a browser says of itself (User-Agent); what we do not know, as it is. */
Str browser_called(Arena *, const Lang *, Str agent);
#endif
