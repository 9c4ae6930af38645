/* web/pages/wizard.h: setting up, one thing a page. */
#ifndef WEB_PAGES_WIZARD_H
#define WEB_PAGES_WIZARD_H
#include "desk/mail_try.h"
#include "desk/setup.h"
#include "text/zone_names.h"
#include "web/pages/portal.h"

typedef struct {
  int64_t step;                /* SETUP_YOU … */
  Str  code;                   /* goes along until somebody administers */
  const Pairs *wrong;
  /* what was typed, or what is there already */
  Str  name, mail, phone, lang, zone, hours, colleagues;
  int64_t hear;                /* working seconds */
  Str  account, in_url, out_url;
  ZoneNames zones;
  MailTry mail_try;
  bool going;                  /* a mailbox is being tried now: the page looks again by itself */
  bool sent;                   /* a message to ourselves is on its way */
  Rows team;                   /* Party: who serves already */
  Str  unread;                 /* lines that were no addresses */
  int64_t added;
  Str  question, asker_link;   /* of the try: R-1, and the page as its asker sees it */
  Str  public_url;
} Wizard;

Str wizard_step_name(const View *, int64_t step);
Str wizard_host(Arena *, Str url);           /* "imap.example.org:993" */
#endif
