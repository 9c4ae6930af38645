/* text/mail_bounce.h: is this a report that a mail did not arrive? Delivery status notifications (RFC 3464), complaints
   (RFC 5965), X-Failed-Recipients, and what old mailers write in plain words. */
#ifndef TEXT_MAIL_BOUNCE_H
#define TEXT_MAIL_BOUNCE_H
#include "text/mime.h"

MailBounce mail_bounce(Arena *, const Mail *);     /* needs headers, from, subject, text and files */
#endif
