/* channel/smtp.h: handing one message over to a mail server (RFC 5321), through libcurl.
   Not here: which message, when again, and what is told to people (send.h). */
#ifndef CHANNEL_SMTP_H
#define CHANNEL_SMTP_H
#include "channel/wire.h"

typedef struct Smtp Smtp;
/* Nothing is said yet. The connection is kept between messages; it ends with cx->arena. */
Smtp *smtp_open(Cx *, const WireUrl *);

/* from "": the null sender, for mail written by software. bytes: the message with CR LF. */
typedef struct { Str from, bytes; const Str *to; size_t to_n; } SmtpLetter;

/* What came of one recipient. later: the server asks to try again (4xx); else it refused for good (5xx).
   code: as in "550 5.1.1 …"; status: the "5.1.1", "" if it gave none. */
typedef struct { Str mail, words, status; int code; bool later; } SmtpRefusal;

typedef enum { SMTP_TAKEN, SMTP_LATER, SMTP_NEVER } SmtpFate;
typedef struct {
  SmtpFate fate;               /* TAKEN: by at least one recipient's server side */
  Str via;                     /* "mail.example.org:587, secured" */
  Str fault;                   /* if not taken: one sentence */
  SmtpRefusal *refused; size_t refused_n;
} SmtpAnswer;

/* Always answers; whatever the network does is a fate. A refusal of the sender, of signing in or of all we say is LATER: it is
   our settings that are wrong, not the letter. */
void smtp_send(Cx *, Smtp *, const SmtpLetter *, SmtpAnswer *ret);

/* Connects, secures and signs in, and hangs up. Errors as wire_fault. */
Err  smtp_knock(Cx *, const WireUrl *) CHECKED;
#endif
