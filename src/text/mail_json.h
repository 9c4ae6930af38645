/* text/mail_json.h: a raw mail as the JSON of "cornerdesk tool mail-parse". */
#ifndef TEXT_MAIL_JSON_H
#define TEXT_MAIL_JSON_H
#include "base/cx.h"

/* One object: subject, from{name,email}, to[], cc[], reply_to, date, message_id, in_reply_to, references[], text, reply_text,
   html (cleaned), attachments[{name,type,size,inline,cid}], auto{is,why}, bounce{is,status,recipient}. reply_to is the
   first of them as {name,email}; what is not there is null. Err as mail_parse. */
Err mail_parse_json(Cx *, Str raw, Str *ret) CHECKED;
#endif
