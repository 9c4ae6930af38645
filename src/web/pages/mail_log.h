/* web/pages/mail_log.h: what the mail log is drawn from. */
#ifndef WEB_PAGES_MAIL_LOG_H
#define WEB_PAGES_MAIL_LOG_H
#include "desk/mail_log.h"
#include "desk/request.h"
#include "text/mime.h"
#include "text/view.h"

/* The tabs: what became of it. */
typedef enum { MAILS_ALL, MAILS_REQUEST, MAILS_REPLY, MAILS_ASIDE, MAILS_HELD, MAILS_TABS } MailTab;

/* One opened: what it says, as far as it can be read. */
typedef struct {
  MailEntry m;
  bool     readable;             /* mail is set */
  Mail     mail;
  Html     words;
  Str      raw;                  /* its beginning, made valid UTF-8 */
  bool     cut;                  /* raw is only the beginning */
  bool     waits;                /* held, set aside or not readable: something can be done with it */
} MailOpen;

typedef struct {
  MailTab tab;
  Str q, self;
  Rows rows;                     /* MailEntry */
  int64_t next;                  /* id for `before` of the next page, 0 on the last */
  bool paged;
  MailCounts today;
  int64_t held;                  /* waiting for a person, of all days; at most 200 */
  MailOpen *open;                /* NULL: none */
  Str done;
} MailLog;

Str mail_tab_name(MailTab);
bool mail_waits(const MailEntry *);
#endif
