/* text/mime_write.h: an outgoing mail to the bytes that go on the wire. GMime folds and encodes; nothing that comes from
   outside can add a header, for control characters are refused, not dropped.
   Not here: whom to write to, or what may be answered (channel). */
#ifndef TEXT_MIME_WRITE_H
#define TEXT_MIME_WRITE_H
#include "text/html.h"
#include "text/mime.h"

enum { MIME_REFERENCES_OUT = 10 };          /* the first id, then the newest */

typedef struct {
  MailAddr   from, reply_to;                /* reply_to.email "": none */
  MailAddrs  to, cc;                        /* Bcc is a matter of the envelope */
  Str        subject;
  Str        message_id;                    /* required; without angle brackets, as the next two */
  Str        in_reply_to;                   /* "": none */
  const Str *references;  size_t n_references;   /* oldest first; written as MIME_REFERENCES_OUT says */
  int64_t    date;                          /* microseconds UTC; written with +0000 */
  Str        auto_submitted;                /* "": none, a person writes; else auto-replied or auto-generated, with Precedence and
                                               X-Auto-Response-Suppress beside it */
  Str        language;                      /* Content-Language, "": none */
  const MailHeader *extra; size_t n_extra;  /* further headers: List-Id, X-Loop … */
  Str        text;                          /* UTF-8 */
  Html       html;                          /* .s.n 0: text alone */
  const MailFile *files;   size_t n_files;  /* is_inline: shown by the HTML through its cid */
} MailOut;

/* CR LF line ends, no dots stuffed. E_INVALID with the field: no writer or reader, an address or id that is none, a control
   character in a header; E_TOO_LARGE past CAP_MAIL_BYTES. The same MailOut gives the same bytes. */
Err mime_write(Cx *, const MailOut *, Str *ret) CHECKED;
#endif
