/* channel/letter.h: a letter as a list of pieces, written twice: as HTML through ui/mail and as plain text. Both say the same,
   for every sentence is given once. Not here: which pieces a mail has (compose.h), headers (text/mime_write.h). */
#ifndef CHANNEL_LETTER_H
#define CHANNEL_LETTER_H
#include "text/view.h"

/* Zero-initialise but for what letter_new sets. Pieces come in the order of the calls. */
typedef struct {
  View view;                    /* whose reader: language, zone, site */
  Str  subject, glimpse;        /* glimpse: shown beside the subject in a list of mails */
  Buf  html, text;
  bool buttons;                 /* there are some above */
} Letter;

/* cx->lang and cx->zone are the reader's. The Letter must stay where it is. */
void letter_new(Letter *, const Cx *);

/* A translated sentence with simple tags and its places filled. */
#define SAY(l, words, ...) letter_say((l), (words), (const HtArg[]){ __VA_ARGS__ }, COUNT(((const HtArg[]){ __VA_ARGS__ })))
Html letter_say(Letter *, Str words, const HtArg *, size_t n);
Html letter_plain(Letter *, Str words);                      /* a sentence without places or tags */

void letter_hello(Letter *, Str words);
void letter_title(Letter *, Str over, Str words);            /* over: a small line above it, may be "" */
void letter_para(Letter *, Html sentence);
/* What a person wrote: as HTML, and as they typed it. lang: its language, "" not known. */
void letter_words(Letter *, Html html, Str source, Str lang);
void letter_sign(Letter *, Str name, Str under);
/* A promise, with its mark. under: a line below it, may be "". */
void letter_promise(Letter *, Html sentence, Str under, const Str *conditions, size_t n);
void letter_buttons(Letter *, Str go_url, Str go, Str soft_url, Str soft);   /* soft "": one button only */
void letter_card(Letter *, Str url, Str words, Str under);
/* A row of numbers from lo to hi, each a link: url with the number behind it. low, high: what the ends mean. */
void letter_scale(Letter *, Str url, int lo, int hi, Str low, Str high);
void letter_dim(Letter *, Html sentence);                    /* small print */

/* The whole, with the frame round it. */
void letter_done(Letter *, Html *ret_html, Str *ret_text);
#endif
