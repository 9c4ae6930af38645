/* channel/channel_errands.h: what the channels do beside the server: fetch mail, send mail, take in what a crash left. */
#ifndef CHANNEL_CHANNEL_ERRANDS_H
#define CHANNEL_CHANNEL_ERRANDS_H
#include "desk/errand.h"
extern const Errand  channel_errands[];      /* ended by a row without a kind */
extern const Courier channel_couriers[];     /* ended by a row without a name */
#endif
