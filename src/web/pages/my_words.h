/* web/pages/my_words.h: what was done, in words, for the person who asked. */
#ifndef WEB_PAGES_MY_WORDS_H
#define WEB_PAGES_MY_WORDS_H
#include "web/pages/my_request.h"

/* Of a message: what was done with it, without the name ("promised: Thursday by 17:00"); else a whole sentence. "" if
   there is nothing to say. */
Str my_event_words(const View *, const MyRequest *, const MyStep *);
const char *my_event_icon(const MyStep *);
Str my_promise_state(const View *, const Promise *);     /* "kept", "taken back" */
Str my_channel(const View *, const Message *);           /* "mail", "by phone"; "" where it was the page they serve on */
Str my_done(const Lang *, Str word);                     /* what was just done, by the word in ?done=; "" for others */
#endif
