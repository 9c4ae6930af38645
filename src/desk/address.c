/* desk/address.c: one person, many addresses; an address is one person's. */
#include "desk/party.h"

static bool mail_byte(char c) {
  return (unsigned char)c > ' ' && c != 127 && !strchr("<>()[],;:\\\"@", c);
}

Str mail_normal(Arena *a, Str mail) {
  mail = str_trim(mail);
  Str local, domain;
  if (mail.n > 254 || !str_cut_last(mail, '@', &local, &domain)) return S("");
  if (!local.n || local.n > 64 || !domain.n || domain.p[0] == '.' || domain.p[0] == '-') return S("");
  for (size_t i = 0; i < local.n; i++) if (!mail_byte(local.p[i])) return S("");
  for (size_t i = 0; i < domain.n; i++) {
    if (!mail_byte(domain.p[i]) || strchr("!#$%&'*+/=?^_`{|}~", domain.p[i])) return S("");
    if (domain.p[i] == '.' && (i + 1 == domain.n || domain.p[i + 1] == '.')) return S("");
  }
  if (!str_utf8_ok(mail)) return S("");
  return str_lower(a, mail);
}

Err address_list(Cx *cx, int64_t party, Rows *ret) {
  static const Col cols[] = { COL(Address, id), COL(Address, main), COL(Address, verified_at), COL(Address, refused_until), COL(Address, value) };
  static const Shape shape = SHAPE(Address, cols);
  return db_rows(cx, &shape, ret,
    SQL("SELECT id, main, verified_at, refused_until, value FROM address WHERE party_id = ?1 ORDER BY main DESC, id"), V(party));
}

Err address_add(Cx *cx, int64_t party, Str mail, bool main) {
  Str value = mail_normal(cx->arena, mail);
  if (!value.n) return fail_field(cx, "mail", N_("Write an email address like name@example.org."));
  int64_t owner;
  TRY(db_int(cx, &owner, SQL("SELECT party_id FROM address WHERE kind = 'mail' AND value = ?1"), V(value)));
  if (owner && owner != party) {
    cx->field = S("mail");
    return fail(cx, E_CONFLICT, "The address " STR_FMT " is somebody else's already.", STR_ARG(value));
  }
  if (main) TRY(db_run(cx, SQL("UPDATE address SET main = 0 WHERE party_id = ?1"), V(party)));
  return db_run(cx, SQL("INSERT INTO address(party_id, kind, value, main, created_at) VALUES (?1, 'mail', ?2, ?3, ?4)"
                        " ON CONFLICT (kind, value) DO UPDATE SET main = excluded.main"), V(party), V(value), V(main), V(cx->now));
}

Err address_drop(Cx *cx, int64_t party, int64_t address) {
  int64_t n;
  TRY(db_int(cx, &n, SQL("SELECT count(*) FROM address WHERE party_id = ?1 AND id <> ?2"), V(party), V(address)));
  if (!n) return fail(cx, E_CONFLICT, N_("This is the only address we have; add another one first."));
  return db_run(cx, SQL("DELETE FROM address WHERE party_id = ?1 AND id = ?2"), V(party), V(address));
}

Err address_verified(Cx *cx, Str mail) {
  return db_run(cx, SQL("UPDATE address SET verified_at = ?2, refused_until = 0 WHERE kind = 'mail' AND value = ?1 AND verified_at = 0"),
                V(mail_normal(cx->arena, mail)), V(cx->now));
}

Err address_refused(Cx *cx, Str mail, int64_t until) {
  return db_run(cx, SQL("UPDATE address SET refused_until = ?2 WHERE kind = 'mail' AND value = ?1"),
                V(mail_normal(cx->arena, mail)), V(until));
}

Err organisation_domain(Cx *cx, int64_t organisation, Str domain) {
  Str value = str_lower(cx->arena, str_trim(domain));
  if (!mail_normal(cx->arena, str_cat(cx->arena, S("x@"), value)).n)
    return fail_field(cx, "domain", N_("Write a domain like example.org."));
  int64_t changed;
  TRY(db_run_n(cx, &changed, SQL("INSERT INTO address(party_id, kind, value, created_at) VALUES (?1, 'domain', ?2, ?3)"
                                 " ON CONFLICT (kind, value) DO NOTHING"), V(organisation), V(value), V(cx->now)));
  int64_t owner;
  TRY(db_int(cx, &owner, SQL("SELECT party_id FROM address WHERE kind = 'domain' AND value = ?1"), V(value)));
  return owner == organisation ? E_OK : fail(cx, E_CONFLICT, N_("That domain belongs to another organisation."));
}
