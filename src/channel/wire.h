/* channel/wire.h: what talking to mail servers through libcurl has in common: set-up, where and how, and what went
   wrong in words for a person. Not here: the protocols (imap.h, smtp.h). */
#ifndef CHANNEL_WIRE_H
#define CHANNEL_WIRE_H
#include <curl/curl.h>
#include "base/base.h"

/* "imaps://host:port/FOLDER", "smtp://user:password@host:587". imaps and smtps are secured from the first byte. imap and
   smtp are secured by STARTTLS, which must be offered where a password goes over the wire; on this machine itself, or with
   "?tls=off" at the end, nothing is secured. Passwords are percent-encoded. */
typedef struct {
  Str scheme, host, path, account, secret;   /* path: decoded, without slashes at its ends */
  int port;                                  /* 0: the scheme's own */
  bool secured, here, plain;                 /* TLS from the start · on this machine · tls=off */
} WireUrl;
/* E_INVALID: what is wrong with it. scheme: "imap" or "smtp", its secured form goes too. */
Err wire_url(Cx *, Str url, const char *scheme, WireUrl *ret) CHECKED;
Str wire_name(Arena *, const WireUrl *);     /* "imap.example.org:993", for people and logs */
int wire_port(const WireUrl *);

/* A handle with address, account, certificates, TLS and time limits set; errors is CURL_ERROR_SIZE long and outlives it.
   Free with curl_easy_cleanup. silent: seconds without a byte until we give up. */
CURL *wire_open(Arena *, const WireUrl *, int silent, char *errors);

/* What a failed call means, in one plain sentence, and what kind of failure it is: E_DENIED the password, E_INVALID no such
   server, E_BUSY anything that may be over later. */
Err wire_fault(Cx *, const WireUrl *, CURLcode, const char *errors) CHECKED;

/* Open calls end soon: the program is about to stop. */
void wire_hang_up(void);
bool wire_hung_up(void);
#endif
