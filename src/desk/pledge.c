/* desk/pledge.c: see pledge.h. */
#include "desk/pledge.h"
#include "desk/request.h"
#include "desk/sight.h"

enum { MOST = 100 };

static const Col pledge_cols[] = { COL(Pledge, id), COL(Pledge, party_id), COL(Pledge, promiser_id), COL(Pledge, request_id), COL(Pledge, due_at), COL(Pledge, made_by),
                                   COL(Pledge, made_at), COL(Pledge, agreed_at), COL(Pledge, done_at), COL(Pledge, words), COL(Pledge, promiser) };
static const Shape pledge_shape = SHAPE(Pledge, pledge_cols);
#define PLEDGE_COLS "p.id, p.party_id, p.promiser_id, p.request_id, p.due_at, p.made_by, p.made_at, p.agreed_at, p.done_at, p.words," \
  " (SELECT w.name FROM party w WHERE w.id = p.promiser_id) AS promiser"
/* In the viewer's sight: of no request, or of one they may see. ?1 and ?2 are SIGHT's. */
#define IN_SIGHT "(p.request_id IS NULL OR EXISTS (SELECT 1 FROM request r WHERE r.id = p.request_id AND " SIGHT "))"

PledgeState pledge_state(const Pledge *p, int64_t now) {
  if (!p->agreed_at) return PLEDGE_NOTED;
  if (p->done_at) return p->done_at <= p->due_at ? PLEDGE_KEPT : PLEDGE_KEPT_LATE;
  return now > p->due_at ? PLEDGE_LATE : PLEDGE_OPEN;
}

Str pledge_state_name(PledgeState s) {
  static const char *const names[] = { [PLEDGE_NOTED] = "noted", [PLEDGE_OPEN] = "open", [PLEDGE_LATE] = "late", [PLEDGE_KEPT] = "kept", [PLEDGE_KEPT_LATE] = "kept_late" };
  return str_z(names[s]);
}

typedef struct { int64_t kept, late, open; } Counts;
static const Col counts_cols[] = { COL(Counts, kept), COL(Counts, late), COL(Counts, open) };
static const Shape counts_shape = SHAPE(Counts, counts_cols);

static Err counts(Cx *cx, const Customer *c, int64_t from, Pledges *ret) {
  Counts n;
  TRY(db_one(cx, &counts_shape, &n,
    SQL("SELECT COALESCE(SUM(CASE WHEN p.done_at > 0 AND p.done_at <= p.due_at THEN 1 ELSE 0 END), 0) AS kept,"
        " COALESCE(SUM(CASE WHEN p.done_at > p.due_at OR (p.done_at = 0 AND p.due_at < ?4) THEN 1 ELSE 0 END), 0) AS late,"
        " COALESCE(SUM(CASE WHEN p.done_at = 0 AND p.due_at >= ?4 THEN 1 ELSE 0 END), 0) AS open"
        " FROM pledge p WHERE " IN_SIGHT " AND p.party_id = ?3 AND p.ended_at = 0 AND p.agreed_at > 0 AND (p.done_at = 0 OR p.done_at >= ?5)"),
    SIGHT_VALS(cx), V(c->who.id), V(cx->now), V(from)));
  ret->kept = n.kept;
  ret->late = n.late;
  ret->open = n.open;
  ret->figure = figure_share((Tally){ n.kept, n.kept + n.late }, 0);
  ret->figure.name = S("customer-promises-kept");
  ret->figure.eyes = EYES_BOTH;
  ret->figure.from = from;
  ret->figure.to = cx->now + 1;
  return E_OK;
}

Err pledge_list(Cx *cx, const Customer *c, Pledges *ret) {
  Rows open, done;
  int64_t from = cx->now - CUSTOMER_DAYS * DAY;
  *ret = (Pledges){ 0 };
  TRY(db_rows(cx, &pledge_shape, &open, SQL("SELECT " PLEDGE_COLS " FROM pledge p WHERE " IN_SIGHT " AND p.party_id = ?3 AND p.ended_at = 0 AND p.done_at = 0 ORDER BY p.due_at, p.id LIMIT 12"),
              SIGHT_VALS(cx), V(c->who.id)));
  TRY(db_rows(cx, &pledge_shape, &done, SQL("SELECT " PLEDGE_COLS " FROM pledge p WHERE " IN_SIGHT " AND p.party_id = ?3 AND p.ended_at = 0 AND p.done_at >= ?4 ORDER BY p.done_at DESC, p.id DESC LIMIT 12"),
              SIGHT_VALS(cx), V(c->who.id), V(from)));
  Pledge *all = NEW_N(cx->arena, Pledge, open.n + done.n + 1);
  for (size_t i = 0; i < open.n; i++) all[i] = *ROW(Pledge, open, i);
  for (size_t i = 0; i < done.n; i++) all[open.n + i] = *ROW(Pledge, done, i);
  ret->at = (Rows){ all, open.n + done.n };
  return counts(cx, c, from, ret);
}

/* Who of them promises: the person themselves, or somebody of the organisation. */
static Err promiser(Cx *cx, const Customer *c, int64_t id) {
  Party p;
  if (!id || id == cx->actor.party) return E_OK;
  TRY(party_get(cx, id, &p));
  bool of_them = c->person ? id == c->who.id : p.organisation_id == c->who.id;
  return of_them ? E_OK : fail_field(cx, "promiser", N_("That person is not of this customer."));
}

Err pledge_new(Cx *cx, const Customer *c, const Pledge *in, int64_t *ret_id) {
  int64_t who = in->promiser_id ? in->promiser_id : c->theirs ? cx->actor.party : c->person ? c->who.id : 0, n;
  Request r;
  if (!c->theirs && !c->serves) return fail(cx, E_DENIED, N_("Only the customer and the desk write down what was promised."));
  if (!str_trim(in->words).n) return fail_field(cx, "pledge", N_("Say in a sentence what was promised."));
  if (in->words.n > 500) return fail_field(cx, "pledge", N_("A promise is a sentence; this is too long."));
  if (in->due_at <= cx->now || in->due_at > cx->now + 3 * 366 * DAY) return fail_field(cx, "by", N_("Choose an hour to come, within three years."));
  TRY(promiser(cx, c, in->promiser_id));
  if (in->request_id) {
    TRY(request_get(cx, in->request_id, &r));
    if ((c->person ? r.asker_id : r.organisation_id) != c->who.id) return fail_field(cx, "request", N_("That conversation is not with this customer."));
  }
  TRY(db_int(cx, &n, SQL("SELECT COUNT(*) FROM pledge WHERE party_id = ?1 AND done_at = 0 AND ended_at = 0"), V(c->who.id)));
  if (n >= MOST) return fail(cx, E_CONFLICT, N_("That is a long list already; say which are done first."));
  return db_int(cx, ret_id, SQL("INSERT INTO pledge(party_id, promiser_id, request_id, words, due_at, made_by, made_at, agreed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id"),
                V(c->who.id), VID(who), VID(in->request_id), V(str_trim(in->words)), V(in->due_at), VID(cx->actor.party), V(cx->now), V(c->theirs ? cx->now : (int64_t)0));
}

/* One that is neither done nor let go, in the viewer's sight. */
static Err get(Cx *cx, const Customer *c, int64_t id, Pledge *ret) {
  Err e = db_one(cx, &pledge_shape, ret, SQL("SELECT " PLEDGE_COLS " FROM pledge p WHERE " IN_SIGHT " AND p.id = ?3 AND p.party_id = ?4 AND p.done_at = 0 AND p.ended_at = 0"),
                 SIGHT_VALS(cx), V(id), V(c->who.id));
  return e == E_ABSENT ? fail(cx, e, N_("There is no such promise any more.")) : e;
}

Err pledge_do(Cx *cx, const Customer *c, int64_t id, PledgeDo what) {
  Pledge p;
  if (!c->theirs && !c->serves) return fail(cx, E_DENIED, N_("Only the customer and the desk write down what was promised."));
  TRY(get(cx, c, id, &p));
  if (what == PLEDGE_AGREE) {
    if (!c->theirs) return fail(cx, E_DENIED, N_("Only the customer can say yes to it."));
    return p.agreed_at ? E_OK : db_run(cx, SQL("UPDATE pledge SET agreed_at = ?2, promiser_id = COALESCE(promiser_id, ?3) WHERE id = ?1"), V(id), V(cx->now), VID(cx->actor.party));
  }
  if (what == PLEDGE_DONE) {
    if (!p.agreed_at) return fail(cx, E_CONFLICT, N_("The customer has not said yes to it yet."));
    return db_run(cx, SQL("UPDATE pledge SET done_at = ?2 WHERE id = ?1"), V(id), V(cx->now));
  }
  if (p.agreed_at && !c->serves && cx->now > p.due_at) return fail(cx, E_CONFLICT, N_("Its hour has passed; the desk can let it go, or say when it is done."));
  if (p.agreed_at && !c->theirs && !c->whole) return fail(cx, E_DENIED, N_("Only the customer can let their own promise go."));
  return db_run(cx, SQL("UPDATE pledge SET ended_at = ?2 WHERE id = ?1"), V(id), V(cx->now));
}

Err pledge_of(Cx *cx, int64_t person, Rows *ret) {
  return db_rows(cx, &pledge_shape, ret, SQL("SELECT " PLEDGE_COLS " FROM pledge p WHERE p.promiser_id = ?1 OR p.made_by = ?1 ORDER BY p.id"), V(person));
}
