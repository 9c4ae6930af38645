/* text/mime.h: one raw mail to a plain struct: who, what, which files, and whether a machine wrote it.
   Not here: which conversation it belongs to, or whom to believe (channel). Invariant: every Str is valid UTF-8 (but the
   bytes of files), every name is one tidy line, every Message-ID is without angle brackets. */
#ifndef TEXT_MIME_H
#define TEXT_MIME_H
#include "base/cx.h"
#include "text/mailaddr.h"

typedef struct { Str name, value; } MailHeader;            /* value decoded and tidy, at most CAP_HEADER_VALUE */

typedef struct {
  Str  name;             /* fit to be a file's name; made up from the type if the mail gives none */
  Str  type;             /* "image/png", lower case */
  Str  cid;              /* Content-ID without angle brackets, "" if none */
  Str  bytes;
  bool is_inline;        /* the HTML shows it: src="cid:…" */
} MailFile;

/* A machine wrote it: never answer it automatically. A reply (out of office) may be shown; bulk and notices too. */
typedef enum { AUTO_NONE, AUTO_REPLY, AUTO_NOTICE, AUTO_BULK } MailAutoKind;
typedef struct { bool is; MailAutoKind kind; Str why; } MailAuto;

/* A report that a mail of ours did not arrive. is: failed, delayed or complained about (not: delivered, read). */
typedef enum { BOUNCE_NONE, BOUNCE_FAILED, BOUNCE_DELAYED, BOUNCE_COMPLAINT } MailBounceKind;
typedef struct {
  bool is;
  MailBounceKind kind;
  Str  status;           /* "5.1.1" (RFC 3463); "5.0.0" or "4.0.0" if nothing more is known */
  Str  recipient;        /* whom it did not reach, in normal form */
  Str  message_id;       /* of the mail that bounced */
  Str  detail;           /* what the other server said, one line */
} MailBounce;

typedef struct {
  Str        subject;
  MailAddr   from;                       /* the first; email "" if there is none: name then holds what stood there */
  MailAddrs  froms, sender, to, cc, reply_to;
  MailAddrs  delivered_to;               /* Delivered-To, X-Original-To, Envelope-To and the like, then Received: … for */
  int64_t    date;                       /* microseconds UTC, 0 if none can be read */
  Str        message_id, in_reply_to;
  Str       *references;  size_t n_references;   /* oldest first; further ids of In-Reply-To come last */
  Str        language;                   /* Content-Language, "" if none */
  Str        text;                       /* what there is to read; from the HTML if there is nothing else */
  int64_t    reply_end;                  /* byte of text where quoted history begins, -1: none (quote.h) */
  Str        html;                       /* as it came: clean it before use; "" if none */
  MailFile  *files;       size_t n_files;
  MailHeader *headers;    size_t n_headers;      /* of the message, in order */
  MailAuto   automatic;
  MailBounce bounce;
} Mail;

/* E_MALFORMED: no mail at all (no header, or nothing). E_TOO_LARGE: past a cap of caps.h; cx->why says which.
   Anything else becomes a Mail, however broken. Needs about four times the raw size of arena. */
Err mail_parse(Cx *, Str raw, Mail *ret) CHECKED;

Str  mail_header(const Mail *, const char *name);     /* the first of that name, "" if none; any case */
bool mail_has_header(const Mail *, const char *name);

/* Ids between angle brackets in a raw or decoded header value, or words if there are no brackets; duplicates once. */
size_t mail_ids(Arena *, Str value, Str **ret);
#endif
