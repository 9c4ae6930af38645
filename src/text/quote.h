/* text/quote.h: where in a mail's text its writer stops and what was already said begins: quoted history, a signature,
   "Sent from my phone". Only an offset: nothing is ever cut off, and a message is never left empty.
   Not here: the same question for HTML (html_quote.h), which asks here about single lines. */
#ifndef TEXT_QUOTE_H
#define TEXT_QUOTE_H
#include "base/str.h"

/* Our own mails carry this line above the history; words around it may be translated, the marks may not. */
#define QUOTE_MARK_OPEN  "##-"
#define QUOTE_MARK_CLOSE "-##"

/* Byte offset of the first line that is not the writer's own, -1 if all of it is. Text with LF line ends (tidy_text).
   An answer below or between the quoted lines keeps everything: -1; so does a forwarded message. */
int64_t quote_start(Str text);

bool quote_attribution(Str line);        /* "On Monday 3 May Ana wrote:", in some thirty languages; line ends count as blanks */
bool quote_from_line(Str line);          /* "From: …" as a mail program writes it above the mail it answers, in as many */
bool quote_forward_line(Str line);       /* "---------- Forwarded message ----------" and its kin */
bool quote_footer_line(Str line);        /* what machines add at the end: virus scanners, "Sent from my iPhone" */
#endif
