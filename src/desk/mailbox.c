/* desk/mailbox.c: see mailbox.h. */
#include "desk/mailbox.h"
#include "desk/party.h"
#include "desk/seal.h"
#include "desk/setting.h"

static const Col mailbox_cols[] = {
  COL(Mailbox, id), COL(Mailbox, team_id), COL(Mailbox, uidvalidity), COL(Mailbox, uid), COL(Mailbox, looked_at), COL(Mailbox, got_at),
  COL(Mailbox, faults), COL(Mailbox, address), COL(Mailbox, url), COL(Mailbox, account), COL(Mailbox, secret), COL(Mailbox, fault),
  COL(Mailbox, team),
};
static const Shape mailbox_shape = SHAPE(Mailbox, mailbox_cols);
#define MAILBOX_COLS \
  "b.id, b.team_id, b.uidvalidity, b.uid, b.looked_at, b.got_at, b.faults, b.address, b.url, b.account, b.secret, b.fault," \
  " (SELECT name FROM party WHERE id = b.team_id) AS team"

Err mailbox_list(Cx *cx, Rows *ret) {
  return db_rows_(cx, &mailbox_shape, ret, SQL("SELECT " MAILBOX_COLS " FROM mailbox b ORDER BY b.address"), NULL, 0);
}

Err mailbox_get(Cx *cx, int64_t id, Mailbox *ret) {
  Err e = db_one(cx, &mailbox_shape, ret, SQL("SELECT " MAILBOX_COLS " FROM mailbox b WHERE b.id = ?1"), V(id));
  return e == E_ABSENT ? fail(cx, e, "There is no such mailbox.") : e;
}

/* "help+r12-abc@desk.example" → "help@desk.example". */
static Str without_tag(Arena *a, Str address) {
  Str local, domain, base, tag;
  if (!str_cut_last(address, '@', &local, &domain) || !str_cut(local, '+', &base, &tag) || !base.n) return address;
  return str_cat(a, base, S("@"), domain);
}

Err mailbox_by_address(Cx *cx, Str address, Mailbox *ret) {
  Str value = mail_normal(cx->arena, address);
  Err e = db_one(cx, &mailbox_shape, ret, SQL("SELECT " MAILBOX_COLS " FROM mailbox b WHERE b.address = ?1 OR b.address = ?2"
                                              " ORDER BY length(b.address) DESC LIMIT 1"),
                 V(value), V(without_tag(cx->arena, value)));
  return e == E_ABSENT ? fail(cx, e, "There is no such mailbox.") : e;
}

Err mailbox_us(Cx *cx, Str *ret) {
  *ret = mail_normal(cx->arena, cx->site->mail_from);
  if (ret->n) return E_OK;
  Str set;
  TRY(setting_get(cx, S("mail.from"), &set));
  *ret = mail_normal(cx->arena, set);
  if (ret->n) return E_OK;
  Rows rows;
  TRY(db_rows_(cx, &mailbox_shape, &rows, SQL("SELECT " MAILBOX_COLS " FROM mailbox b ORDER BY b.id LIMIT 1"), NULL, 0));
  if (rows.n) *ret = ROW(Mailbox, rows, 0)->address;
  return E_OK;
}

bool mailbox_is_ours(Cx *cx, Str address) {
  Str value = mail_normal(cx->arena, address), plain = without_tag(cx->arena, value), us, why = cx->why;
  Mailbox b;
  bool ours = value.n && mailbox_us(cx, &us) == E_OK && us.n && (str_eq(value, us) || str_eq(plain, us));
  ours = ours || (value.n && mailbox_by_address(cx, value, &b) == E_OK);
  cx->why = why;
  return ours;
}

Err mailbox_put(Cx *cx, const MailboxNew *in, int64_t *ret_id) {
  Str address = mail_normal(cx->arena, in->address), secret = seal(cx->arena, cx->site, in->secret);
  if (!address.n) return fail_field(cx, "address", N_("Write an email address like name@example.org."));
  if (in->url.n && !str_starts(in->url, S("imap://")) && !str_starts(in->url, S("imaps://")))
    return fail_field(cx, "url", N_("The address of the server begins with imaps:// or imap://."));
  return db_int(cx, ret_id,
    SQL("INSERT INTO mailbox(address, url, account, secret, team_id) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT (address) DO UPDATE SET"
        " uid = CASE WHEN mailbox.url = excluded.url AND mailbox.account = excluded.account THEN mailbox.uid ELSE 0 END,"
        " uidvalidity = CASE WHEN mailbox.url = excluded.url AND mailbox.account = excluded.account THEN mailbox.uidvalidity ELSE 0 END,"
        " url = excluded.url, account = excluded.account, team_id = excluded.team_id, fault = '', faults = 0,"
        " secret = CASE WHEN excluded.secret = '' THEN mailbox.secret ELSE excluded.secret END RETURNING id"),
    V(address), V(in->url), V(in->account), V(secret), VID(in->team_id));
}

Err mailbox_drop(Cx *cx, int64_t id) { return db_run(cx, SQL("DELETE FROM mailbox WHERE id = ?1"), V(id)); }

Err mailbox_secret(Cx *cx, const Mailbox *b, Str *ret) { return seal_open(cx, b->secret, ret); }

Err mailbox_claim(Cx *cx, const Mailbox *b, bool *ret) {
  int64_t n;
  TRY(db_run_n(cx, &n, SQL("UPDATE mailbox SET looked_at = ?2 WHERE id = ?1 AND looked_at = ?3"), V(b->id), V(cx->now), V(b->looked_at)));
  *ret = n > 0;
  return E_OK;
}

Err mailbox_looked(Cx *cx, int64_t id, const MailboxLook *l) {
  return db_run(cx, SQL("UPDATE mailbox SET looked_at = CASE WHEN ?5 = 1 THEN 0 ELSE ?2 END, fault = ?3,"
                        " faults = CASE WHEN ?3 = '' THEN 0 ELSE faults + 1 END, got_at = CASE WHEN ?4 = 1 THEN ?2 ELSE got_at END WHERE id = ?1"),
                V(id), V(cx->now), V(str_utf8_fix(cx->arena, l->fault)), V(l->got), V(l->more));
}

Err mailbox_read_to(Cx *cx, int64_t id, int64_t uidvalidity, int64_t uid) {
  return db_run(cx, SQL("UPDATE mailbox SET uidvalidity = ?2, uid = ?3 WHERE id = ?1 AND (uidvalidity <> ?2 OR uid < ?3)"),
                V(id), V(uidvalidity), V(uid));
}

int64_t mailbox_next(const Mailbox *b, int64_t pause) {
  int64_t wait = pause;
  for (int64_t i = 0; i < b->faults && wait < HOUR; i++) wait *= 2;
  if (wait > HOUR) wait = HOUR;
  return b->looked_at + wait;
}
