/* desk/request.h: one request, from anybody to anybody: what is known of it now. The heart of the desk.
   Not here: what was said and done (message.h, act.h), who may see it (sight.h), lists (inbox.h).
   Invariant: state and ball are what the acts say; only act.h writes them. Every change bumps version. */
#ifndef DESK_REQUEST_H
#define DESK_REQUEST_H
#include "desk/loop.h"
#include "store/db.h"

/* A row; Str members live in the Cx's arena. Names beside ids are of the party meant. Times: microseconds UTC, 0 = none. */
typedef struct {
  int64_t id, asker_id, organisation_id, service_id, team_id, owner_id, parent_id, after_id, promise_id;
  int64_t version, messages, acts, rework;
  int64_t due_at, hear_at, since_at, waiting_at, reported_at, ended_at, bar_by, person_asked, created_at, updated_at;
  Str kind, subject, excerpt, state, ball, court, head, outcome, bar_told, bar_good, channel, lang;
  Str asker, asker_mail, asker_lang, team, owner, organisation, service;
} Request;
extern const Shape request_shape;
#define REQUEST_SHAPE_(T, m) \
  COL(T, m id), COL(T, m asker_id), COL(T, m organisation_id), COL(T, m service_id), COL(T, m team_id), COL(T, m owner_id), \
  COL(T, m parent_id), COL(T, m after_id), COL(T, m promise_id), COL(T, m version), COL(T, m messages), COL(T, m acts), \
  COL(T, m rework), COL(T, m due_at), COL(T, m hear_at), COL(T, m since_at), COL(T, m waiting_at), COL(T, m reported_at), \
  COL(T, m ended_at), COL(T, m bar_by), COL(T, m person_asked), COL(T, m created_at), COL(T, m updated_at), COL(T, m kind), \
  COL(T, m subject), COL(T, m excerpt), COL(T, m state), COL(T, m ball), COL(T, m court), COL(T, m head), COL(T, m outcome), \
  COL(T, m bar_told), COL(T, m bar_good), COL(T, m channel), COL(T, m lang), COL(T, m asker), COL(T, m asker_mail), \
  COL(T, m asker_lang), COL(T, m team), COL(T, m owner), COL(T, m organisation), COL(T, m service)
/* For lists in other files: the columns of Request from a request row r. */
#define REQUEST_COLS \
  "r.id, r.asker_id, r.organisation_id, r.service_id, r.team_id, r.owner_id, r.parent_id, r.after_id, r.promise_id," \
  " r.version, r.messages, r.acts, r.rework," \
  " r.due_at, r.hear_at, r.since_at, r.waiting_at, r.reported_at, r.ended_at, r.bar_by, r.person_asked, r.created_at, r.updated_at," \
  " r.kind, r.subject, r.excerpt, r.state, r.ball, r.court, r.head, r.outcome, r.bar_told, r.bar_good, r.channel, r.lang," \
  " (SELECT name FROM party WHERE id = r.asker_id) AS asker," \
  " (SELECT value FROM address WHERE party_id = r.asker_id AND kind = 'mail' ORDER BY main DESC, id LIMIT 1) AS asker_mail," \
  " (SELECT lang FROM party WHERE id = r.asker_id) AS asker_lang," \
  " (SELECT name FROM party WHERE id = r.team_id) AS team, (SELECT name FROM party WHERE id = r.owner_id) AS owner," \
  " (SELECT name FROM party WHERE id = r.organisation_id) AS organisation,"\
  " (SELECT name FROM service WHERE id = r.service_id) AS service"

Str  request_ref(Arena *, int64_t id);                       /* "R-12" */
bool request_ref_id(Str ref, int64_t *ret);                  /* takes "R-12", "r-12", "12" */

/* E_ABSENT also when the actor may not see it. */
Err request_get(Cx *, int64_t id, Request *ret) CHECKED;
Err request_by_ref(Cx *, Str ref, Request *ret) CHECKED;

/* What the actor is to this request: 'provider' side (serves its team, owns it or helps, and did not ask it), 'customer'
   (asked it), or nobody's (reads along). notes: may read and write notes among ourselves. */
typedef struct { LoopSide side; bool notes; bool reads; } Standing;
Err request_standing(Cx *, const Request *, Standing *ret) CHECKED;
Err request_must_serve(Cx *, const Request *) CHECKED;       /* E_DENIED unless on the provider's side */

/* A new request. Who asks is asker_id (made before with party_find_or_new). Either subject or text may be empty, not both.
   Opens the loop, keeps the message, indexes it, sends the acknowledgement (unless quiet), all in the caller's transaction. */
typedef struct {
  int64_t asker_id, service_id, team_id, after_id, parent_id, since_at, mail_id;
  Str subject, text, format, html, channel, lang, kind;
  int64_t reply_end;                    /* where quoted history begins, -1 none (0 is read as -1) */
  int64_t bar_by;
  Str bar_told, bar_good;
  const int64_t *attachments; size_t attachment_n;   /* of attachment_new, not attached yet */
  const int64_t *copies; size_t copy_n;              /* parties that read along */
  bool untrusted, quiet;
} RequestNew;
Err request_new(Cx *, const RequestNew *, Request *ret) CHECKED;

/* Around the loop; touches, not acts. All need the provider's side (E_DENIED), bump version and leave a touch. */
Err request_set_owner(Cx *, Request *, int64_t owner) CHECKED;           /* 0 = nobody; E_INVALID: does not serve the team */
Err request_set_team(Cx *, Request *, int64_t team) CHECKED;             /* owner is let go if not in it */
Err request_set_subject(Cx *, Request *, Str) CHECKED;
Err request_set_tags(Cx *, Request *, const Str *words, size_t n) CHECKED;   /* replaces; at most 20, lower case */
Err request_tags(Cx *, int64_t id, Rows *ret) CHECKED;                   /* rows of Word; our own order, seen as notes are */
typedef struct { Str word; } Word;
Err request_snooze(Cx *, const Request *, int64_t until) CHECKED;        /* the actor's own; 0 wakes it */
Err request_snoozed(Cx *, int64_t id, int64_t *ret_until) CHECKED;
Err request_unread(Cx *, const Request *, bool *ret) CHECKED;            /* by the actor, at its version */
Err request_seen(Cx *, const Request *) CHECKED;                         /* the actor has read it up to its version */
Err request_follow(Cx *, const Request *, int64_t party, Str role) CHECKED;    /* 'copy' or 'helper'; '' takes them out */
Err request_check_version(Cx *, const Request *, int64_t version) CHECKED;
Err request_ask_person(Cx *, Request *) CHECKED;                         /* "I would like to talk to a person" */
typedef struct { int64_t id; Str name, role, mail; } Participant;
Err request_people(Cx *, int64_t id, Rows *ret) CHECKED;                 /* rows of Participant */

/* Writes a changed row back, in the same transaction: bumps version, moves the counters, tells live pages. was: as it was
   read. E_CONFLICT if somebody was faster. what: 'act', 'message', 'note', 'owner', …; internal: askers are not told. */
Err request_save(Cx *, const Request *was, Request *r, Str what, bool internal) CHECKED;
#endif
