/* desk/request.c: reading a request, what somebody is to it, and opening one. Changes around the loop: request_change.c. */
#include "desk/request.h"
#include "desk/act.h"
#include "desk/change.h"
#include "desk/message.h"
#include "desk/outbox.h"
#include "desk/service.h"
#include "desk/sight.h"

static const Col request_cols[] = { REQUEST_SHAPE_(Request, ) };
const Shape request_shape = SHAPE(Request, request_cols);

Str request_ref(Arena *a, int64_t id) { return str_fmt(a, "R-%lld", (long long)id); }

bool request_ref_id(Str ref, int64_t *ret) {
  if (str_istarts(ref, S("R-"))) ref = str_from(ref, 2);
  return str_int(ref, ret) && *ret > 0;
}

Err request_get(Cx *cx, int64_t id, Request *ret) {
  Err e = db_one(cx, &request_shape, ret, SQL("SELECT " REQUEST_COLS " FROM request r WHERE r.id = ?3 AND " SIGHT),
                 SIGHT_VALS(cx), V(id));
  return e == E_ABSENT ? fail(cx, e, "There is no request R-%lld that you may see.", (long long)id) : e;
}

Err request_by_ref(Cx *cx, Str ref, Request *ret) {
  int64_t id;
  if (!request_ref_id(ref, &id)) return fail(cx, E_ABSENT, "There is no request " STR_FMT ".", STR_ARG(str_head(ref, 40)));
  return request_get(cx, id, ret);
}

Err request_standing(Cx *cx, const Request *r, Standing *ret) {
  int64_t notes;
  TRY(db_int(cx, &notes, SQL("SELECT CASE WHEN " SIGHT_NOTES " THEN 1 ELSE 0 END FROM request r WHERE r.id = ?3"),
             SIGHT_VALS(cx), V(r->id)));
  bool asked = cx->actor.party && cx->actor.party == r->asker_id;
  *ret = (Standing){ .notes = notes && !asked, .reads = true };
  ret->side = cx->actor.system ? LOOP_SYSTEM : asked ? LOOP_CUSTOMER : ret->notes ? LOOP_PROVIDER : LOOP_NOBODY;
  return E_OK;
}

Err request_must_serve(Cx *cx, const Request *r) {
  Standing is;
  TRY(request_standing(cx, r, &is));
  if (is.side == LOOP_PROVIDER || is.side == LOOP_SYSTEM) return E_OK;
  if (is.side == LOOP_CUSTOMER) return fail(cx, E_DENIED, N_("You asked this yourself; somebody else has to answer it."));
  return fail(cx, E_DENIED, N_("Only the people who serve this request can do that."));
}

Err request_check_version(Cx *cx, const Request *r, int64_t version) {
  if (!version || version == r->version) return E_OK;
  return fail(cx, E_CONFLICT, N_("Something happened here since you opened it. Nothing of yours was lost: read what is new, then send again."));
}

/* ── writing back ────────────────────────────────────────────────────── */

/* A row a connection where several write at once: one row for all would be changed by all at the same moment. */
static Err tally_add(Cx *cx, const Request *r, int n) {
  return db_run(cx, db_pick(cx,
      SQL("INSERT INTO tally(team_id, owner_id, court, slot, n) VALUES (?1, ?2, ?3, 0, ?4)"
          " ON CONFLICT (team_id, owner_id, court, slot) DO UPDATE SET n = tally.n + excluded.n"),
      SQL("INSERT INTO tally(team_id, owner_id, court, slot, n) VALUES (?1, ?2, ?3, pg_backend_pid() % 64, ?4)"
          " ON CONFLICT (team_id, owner_id, court, slot) DO UPDATE SET n = tally.n + excluded.n")),
    V(r->team_id), V(r->owner_id), V(r->court), V(n));
}

/* Always the same order, so that two writers never wait for each other in a ring. */
static Err tally_move(Cx *cx, const Request *was, const Request *is) {
  if (was->team_id == is->team_id && was->owner_id == is->owner_id && str_eq(was->court, is->court)) return E_OK;
  int order = was->team_id != is->team_id ? (was->team_id < is->team_id ? -1 : 1)
            : was->owner_id != is->owner_id ? (was->owner_id < is->owner_id ? -1 : 1) : str_cmp(was->court, is->court);
  TRY(tally_add(cx, order < 0 ? was : is, order < 0 ? -1 : 1));
  return tally_add(cx, order < 0 ? is : was, order < 0 ? 1 : -1);
}

Err request_save(Cx *cx, const Request *was, Request *r, Str what, bool internal) {
  int64_t changed;
  r->updated_at = cx->now;
  TRY(db_run_n(cx, &changed,
    SQL("UPDATE request SET subject = ?3, excerpt = ?4, service_id = ?5, team_id = ?6, owner_id = ?7, state = ?8, ball = ?9, court = ?10,"
        " messages = ?11, acts = ?12, head = ?13, rework = ?14, promise_id = ?15, outcome = ?16, due_at = ?17, hear_at = ?18, waiting_at = ?19,"
        " reported_at = ?20, ended_at = ?21, person_asked = ?22, updated_at = ?23, parent_id = ?24, version = version + 1"
        " WHERE id = ?1 AND version = ?2"),
    V(r->id), V(was->version), V(r->subject), V(r->excerpt), VID(r->service_id), V(r->team_id), VID(r->owner_id), V(r->state), V(r->ball),
    V(r->court), V(r->messages), V(r->acts), V(r->head), V(r->rework), VID(r->promise_id), V(r->outcome), V(r->due_at), V(r->hear_at),
    V(r->waiting_at), V(r->reported_at), V(r->ended_at), V(r->person_asked), V(r->updated_at), VID(r->parent_id)));
  if (!changed) return fail(cx, E_CONFLICT, N_("Somebody else changed this request at the same moment. Please look again."));
  r->version = was->version + 1;
  TRY(tally_move(cx, was, r));
  return change_new(cx, r->id, what, internal);
}

/* ── opening one ─────────────────────────────────────────────────────── */

static Str subject_of(Cx *cx, const RequestNew *in) {
  Str s = str_trim(in->subject);
  if (s.n) return str_ellipsis(cx->arena, s, 200);
  Str rest = str_trim(in->text), line = str_line(&rest);
  return str_ellipsis(cx->arena, line, 80);
}

enum { BAR_MOST = 4000 };

static Err check(Cx *cx, const RequestNew *in) {
  if (!str_trim(in->subject).n && !str_trim(in->text).n) return fail_field(cx, "text", N_("Say what you need, in your own words."));
  if (in->text.n > 1024 * 1024) return fail_field(cx, "text", N_("That is longer than we can take in one message. Please send the long part as a file."));
  if (in->bar_told.n > BAR_MOST) return fail_field(cx, "bar_told", N_("A sentence or two is enough here. Please put the rest into the question."));
  if (in->bar_good.n > BAR_MOST) return fail_field(cx, "bar_good", N_("A sentence or two is enough here. Please put the rest into the question."));
  if (in->bar_by && in->bar_by < cx->now) return fail_field(cx, "bar_by", N_("That hour has passed. Choose one that is still to come."));
  if (in->since_at > cx->now) return fail_field(cx, "since", N_("That is in the future. Say when it began."));
  return E_OK;
}

static Err service_chosen(Cx *cx, const RequestNew *in, Service *ret) {
  if (in->service_id) return service_get(cx, in->service_id, ret);
  return service_for(cx, str_cat(cx->arena, in->subject, S(" "), in->text), ret);
}

/* The row before its first act. */
static Err row_new(Cx *cx, const RequestNew *in, const Service *s, Request *r) {
  *r = (Request){
    .asker_id = in->asker_id, .service_id = s->id, .team_id = in->team_id ? in->team_id : s->team_id,
    .after_id = in->after_id, .parent_id = in->parent_id, .version = 1, .since_at = in->since_at ? in->since_at : cx->now,
    .waiting_at = cx->now, .bar_by = in->bar_by, .created_at = cx->now, .updated_at = cx->now,
    .kind = in->kind.n ? in->kind : S("help"), .subject = str_utf8_fix(cx->arena, subject_of(cx, in)), .state = S("REQUESTED"), .ball = S("provider"),
    .court = S("us"), .bar_told = in->bar_told, .bar_good = in->bar_good, .channel = in->channel.n ? in->channel : S("page"),
    .lang = in->lang,
  };
  TRY(service_hear_at(cx, s, cx->now, &r->hear_at));
  r->due_at = in->bar_by && in->bar_by < r->hear_at ? in->bar_by : r->hear_at;
  TRY(db_int(cx, &r->organisation_id, SQL("SELECT organisation_id FROM party WHERE id = ?1"), V(in->asker_id)));
  TRY(db_int(cx, &r->id,
    SQL("INSERT INTO request(kind, subject, asker_id, organisation_id, service_id, team_id, after_id, parent_id, state, ball, court,"
        " due_at, hear_at, since_at, waiting_at, bar_by, bar_told, bar_good, channel, lang, created_at, updated_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?21) RETURNING id"),
    V(r->kind), V(r->subject), V(r->asker_id), VID(r->organisation_id), VID(r->service_id), V(r->team_id), VID(r->after_id),
    VID(r->parent_id), V(r->state), V(r->ball), V(r->court), V(r->due_at), V(r->hear_at), V(r->since_at), V(r->waiting_at), V(r->bar_by),
    V(r->bar_told), V(r->bar_good), V(r->channel), V(r->lang), V(cx->now)));
  return tally_add(cx, r, 1);
}

/* The row after its first act and words. Only what they changed: no index is touched again. */
static Err row_opened(Cx *cx, Request *r) {
  r->version++;
  TRY(db_run(cx, SQL("UPDATE request SET excerpt = ?2, messages = ?3, acts = ?4, head = ?5, state = ?6, ball = ?7, version = ?8 WHERE id = ?1"),
             V(r->id), V(r->excerpt), V(r->messages), V(r->acts), V(r->head), V(r->state), V(r->ball), V(r->version)));
  return change_new(cx, r->id, S("request"), false);
}

/* "A person will read this; you will hear by …": a message of the desk's own, not a promise. */
static Err acknowledge(Cx *cx, const Request *r) {
  OutboxNew out = { .kind = S("acknowledgement"), .request_id = r->id, .to_id = r->asker_id, .subject = r->subject, .auto_ = true };
  int64_t id;
  return outbox_put(cx, &out, &id);
}

Err request_new(Cx *cx, const RequestNew *in, Request *ret) {
  TRY(check(cx, in));
  Service s;
  TRY(service_chosen(cx, in, &s));
  TRY(row_new(cx, in, &s, ret));
  TRY(act_open(cx, ret, in->channel));
  MessageNew words = {
    .text = str_trim(in->text).n ? in->text : in->subject, .format = in->format, .html = in->html, .channel = ret->channel, .lang = in->lang,
    .reply_end = in->reply_end, .mail_id = in->mail_id, .untrusted = in->untrusted,
    .attachments = in->attachments, .attachment_n = in->attachment_n,
  };
  int64_t message;
  TRY(message_keep(cx, ret, &(MessageKeep){ .in = &words, .author_id = in->asker_id, .act_seq = 1, .side = LOOP_CUSTOMER }, &message));
  TRY(row_opened(cx, ret));
  for (size_t i = 0; i < in->copy_n; i++)
    if (in->copies[i] != in->asker_id)
      TRY(db_run(cx, SQL("INSERT INTO participant(request_id, party_id, role, since) VALUES (?1, ?2, 'copy', ?3)"
                         " ON CONFLICT (request_id, party_id) DO NOTHING"), V(ret->id), V(in->copies[i]), V(cx->now)));
  if (!in->quiet) TRY(acknowledge(cx, ret));
  return db_one(cx, &request_shape, ret, SQL("SELECT " REQUEST_COLS " FROM request r WHERE r.id = ?1"), V(ret->id));
}
