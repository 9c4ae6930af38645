/* desk/card_remark.h: what somebody wrote back to a card's mail, in their own words. It stays with the card and is read where the
   words of cards are read, without a name; the card counts as answered only once an answer was chosen. Who wrote hears that, and
   has a request made of the words by one press if something is to be done: nobody who only says thanks gets a ticket.
   Not here: which mail answers a card (channel/card_reply.h). Invariant: a remark is of whom the card was given to. */
#ifndef DESK_CARD_REMARK_H
#define DESK_CARD_REMARK_H
#include "desk/card.h"

/* request_id: opened from it; 0 none. */
typedef struct { int64_t id, card_id, mail_id, at, request_id; Str words; } CardRemark;

/* words, mail_id; files: of attachment_new, not attached yet; answers: the Message-ID it came with. Puts the letter that says where
   the words are, for the first few of a card. E_DENIED: not theirs; E_CONFLICT: the card is closed. */
typedef struct { Str words, answers; int64_t mail_id; const int64_t *files; size_t file_n; } CardRemarkNew;
Err card_remark_new(Cx *, const Card *, const CardRemarkNew *, int64_t *ret_id) CHECKED;

Err card_remarks(Cx *, const Card *, Rows *ret) CHECKED;                 /* rows of CardRemark, oldest first; of a card the caller may see */
Err card_remark_get(Cx *, const Card *, int64_t id, CardRemark *ret) CHECKED;      /* E_ABSENT */

/* A request of these words, with their files, to the team the card is about; the same one again if there is one. E_DENIED: not theirs. */
Err card_remark_open(Cx *, const Card *, int64_t id, int64_t *ret_request) CHECKED;
#endif
