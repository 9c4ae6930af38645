/* text/mail_auto.h: did a machine write this mail (RFC 3834 and what is done in its place)? Our own mails that come back
   are the channel's to know. */
#ifndef TEXT_MAIL_AUTO_H
#define TEXT_MAIL_AUTO_H
#include "text/mime.h"

MailAuto mail_auto(Arena *, const Mail *);     /* needs headers, from, subject and bounce */
#endif
