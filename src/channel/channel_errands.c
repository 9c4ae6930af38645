/* channel/channel_errands.c: the tables; the work is in mail_in.c, fetch.c and send.c. */
#include "channel/channel_errands.h"
#include "channel/fetch.h"
#include "channel/mail_in.h"
#include "channel/send.h"

const Errand channel_errands[] = {
  { .kind = "mail-take", .carry = mail_take_carry },
  { 0 }
};

const Courier channel_couriers[] = {
  { "mail in",  fetch_look },
  { "mail out", send_look },
  { 0 }
};
