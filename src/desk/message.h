/* desk/message.h: words said about a request: by the asker, by us, and notes among ourselves.
   A plain message moves the ball only as the loop says: an answer gives it back, a question of the asker after a report
   brings it to us. Thanks never close anything. */
#ifndef DESK_MESSAGE_H
#define DESK_MESSAGE_H
#include "desk/request.h"

typedef struct {
  int64_t id, request_id, at, author_id, act_seq, mail_id, trusted, files, reply_end;
  Str author_kind, side, visibility, channel, lang, author, format, text, html;
} Message;
/* What the actor may see of them, oldest first. after: only ids above it. */
Err message_list(Cx *, const Request *, int64_t after, Rows *ret) CHECKED;   /* rows of Message */
Err message_get(Cx *, int64_t id, Message *ret) CHECKED;                     /* E_ABSENT also when not visible */

typedef struct {
  Str text, format, html, channel, lang;
  int64_t reply_end;                     /* -1 or 0: nothing quoted */
  bool internal;                         /* a note */
  bool asks;                             /* "Send and ask": the ball goes over */
  int64_t version;                       /* 0, or what the writer last saw */
  int64_t mail_id;
  bool machine;                          /* written by a machine in their name (out of office): moves nothing */
  bool untrusted, quiet;                 /* quiet: nobody is told (imported, or came by mail) */
  const int64_t *attachments; size_t attachment_n;
  const int64_t *copies; size_t copy_n;  /* parties who get a copy and read along from now on; E_DENIED from those who only read along */
} MessageNew;
/* Says it for the actor, in the caller's transaction. On an ended request a message of the asker is kept within
   append_within, on a lapsed one within reopen_within it takes the loop up again; later: E_CONFLICT, and the caller opens
   a new request with after_id. E_DENIED for notes by others than the serving side. */
Err message_new(Cx *, Request *r, const MessageNew *, int64_t *ret_id) CHECKED;

/* What a mail of the log became in that request; 0: nothing. */
Err message_of_mail(Cx *, int64_t request_id, int64_t mail_id, int64_t *ret) CHECKED;

/* A word of the asker now would come too late for this request: message_new refuses it, write a new one after it. */
bool message_too_late(const Cx *, const Request *);

/* Only keeps words: for act.c and request.c, which move the loop themselves. */
typedef struct { const MessageNew *in; int64_t author_id, act_seq; LoopSide side; bool auto_; } MessageKeep;
Err message_keep(Cx *, Request *r, const MessageKeep *, int64_t *ret_id) CHECKED;

/* Tells the asker and those who read along that we said or did something; message 0: the act alone. extra: JSON for the words. */
Err message_tell(Cx *, const Request *, int64_t message, Str extra) CHECKED;

/* Puts everything a message can be found by into the index: its text, the subject, who asked and who wrote. */
Err message_index(Cx *, int64_t message, int64_t request, int64_t author, Str text) CHECKED;

/* Where the reply ends in m->text: all of it, or up to reply_end. */
Str message_reply(const Message *m);
Str message_quoted(const Message *m);    /* "" if nothing is quoted */

/* ---- files, by content */
typedef struct { int64_t id, request_id, message_id, size, created_at; Str name, type, hash, cid; } Attachment;
Err attachment_new(Cx *, int64_t request_id, Str name, Str type, Str cid, Str bytes, int64_t *ret_id) CHECKED;   /* request 0: bound later */
Err attachment_take(Cx *, int64_t id, int64_t request, int64_t message) CHECKED;   /* E_INVALID: not the actor's, or not waiting here */
Err attachment_list(Cx *, int64_t message_id, Rows *ret) CHECKED;            /* rows of Attachment */
Err attachment_get(Cx *, int64_t id, Attachment *ret, Str *ret_bytes) CHECKED;   /* E_ABSENT also when not visible */
Err blob_put(Cx *, Str bytes, Str *ret_hash) CHECKED;                        /* SHA-256, hex; the same bytes once */
Err blob_get(Cx *, Str hash, Str *ret_bytes) CHECKED;
#endif
