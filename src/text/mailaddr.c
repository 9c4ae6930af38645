/* text/mailaddr.c: see mailaddr.h. The list is cut into single addresses here, so that one bad address or a deep
   nest of groups cannot spoil or exhaust the rest; GMime reads each one. */
#include "text/mailaddr.h"
#include <gmime/gmime.h>
#include "base/map.h"
#include "base/vec.h"
#include "text/caps.h"
#include "text/encword.h"
#include "text/gmime_once.h"
#include "text/tidy.h"

enum { CHUNK_MAX = 1024 };

static bool alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}
static bool atom(char c) { return alnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~.", c)); }

static bool label_ok(Str l) {
  if (!l.n || l.n > 63 || l.p[0] == '-' || l.p[l.n - 1] == '-') return false;
  for (size_t i = 0; i < l.n; i++) if (!alnum(l.p[i]) && l.p[i] != '-' && l.p[i] != '_') return false;
  return true;
}

static bool literal_ok(Str d) {
  if (d.n < 4 || d.p[0] != '[' || d.p[d.n - 1] != ']') return false;
  for (size_t i = 1; i + 1 < d.n; i++) if (!alnum(d.p[i]) && d.p[i] != '.' && d.p[i] != ':') return false;
  return true;
}

static bool domain_ok(Str d) {
  if (literal_ok(d)) return true;
  for (Str label, rest = d;; d = rest) {
    bool more = str_cut(d, '.', &label, &rest);
    if (!label_ok(label)) return false;
    if (!more) return true;
  }
}

bool mailaddr_ok(Str email) {
  Str local, domain;
  if (email.n > CAP_ADDRESS_BYTES || !str_utf8_ok(email) || !str_cut_last(email, '@', &local, &domain)) return false;
  if (!local.n || local.n > CAP_LOCAL_BYTES || local.p[0] == '.') return false;
  for (size_t i = 0; i < local.n; i++) if (!atom(local.p[i])) return false;
  return domain_ok(domain);
}

bool mailaddr_typed_ok(Str email) {
  Str head, top, domain = mailaddr_domain(email);
  if (!mailaddr_ok(email) || !str_cut_last(domain, '.', &head, &top) || top.n < 2 || domain.p[0] == '[') return false;
  for (size_t i = 0; i < top.n; i++) if (top.p[i] < '0' || top.p[i] > '9') return true;
  return false;
}

Str mailaddr_domain(Str email) {
  Str local, domain;
  return str_cut_last(email, '@', &local, &domain) ? domain : S("");
}

static Str ascii_domain(Arena *a, Str domain) {
  bool plain = true;
  for (size_t i = 0; i < domain.n; i++) plain = plain && (unsigned char)domain.p[i] < 0x80;
  if (plain) return str_lower(a, domain);
  char *ascii = g_hostname_to_ascii(str_cstr(a, domain));
  Str d = str_lower(a, str_z(ascii));
  g_free(ascii);
  return d;
}

static Str folded(Arena *a, Str local) {
  char *lower = g_utf8_strdown(local.p, (gssize)local.n);
  char *nfc = g_utf8_normalize(lower, -1, G_NORMALIZE_NFC);
  Str f = nfc ? str_dup(a, str_z(nfc)) : S("");
  g_free(nfc);
  g_free(lower);
  return f;
}

Str mailaddr_normal(Arena *a, Str email) {
  Str local, domain;
  email = str_trim(email);
  if (email.n && email.p[email.n - 1] == '.') email.n--;
  if (!mailaddr_ok(email) || !str_cut_last(email, '@', &local, &domain)) return S("");
  Str d = ascii_domain(a, domain);
  Str all = d.n ? str_cat(a, folded(a, local), S("@"), d) : S("");
  return mailaddr_ok(all) ? all : S("");
}

bool mailaddr_eq(Arena *a, Str x, Str y) {
  Str n = mailaddr_normal(a, x);
  return n.n && str_eq(n, mailaddr_normal(a, y));
}

/* Where the token that opens at s[0] with " ( < or [ ends, as an offset past it; 1 if it never closes. */
static size_t token_end(Str s) {
  char open = s.p[0], close = open == '"' ? '"' : open == '(' ? ')' : open == '<' ? '>' : ']';
  int depth = 0;
  for (size_t i = 0; i < s.n && i < CHUNK_MAX; i++) {
    if (s.p[i] == '\\' && open != '<') { i++; continue; }
    if (i && s.p[i] == close && (open != '(' || --depth == 0)) return i + 1;
    if (open == '(' && s.p[i] == '(') depth++;
    if (i && (open == '<' || open == '[') && (s.p[i] == ',' || s.p[i] == ';')) return 1;
  }
  return 1;
}

/* Takes the next address off the list: up to a comma or semicolon that stands by itself. A word without @ before a comma
   belongs to the name that follows ("Doe, Jane <j@x>"); a group's "name:" is dropped. */
static Str take_one(Str *rest) {
  Str s = *rest;
  size_t from = 0, i = 0;
  bool at = false;
  for (; i < s.n; i++) {
    char c = s.p[i];
    if (c == '"' || c == '(' || c == '<' || c == '[') {
      size_t n = token_end(str_from(s, i));
      at = at || (c == '<' && memchr(s.p + i, '@', n));
      i += n - 1;
    } else if (c == '@') at = true;
    else if (c == ':' && !at) from = i + 1;
    else if (c == ';' || (c == ',' && at)) break;
  }
  *rest = str_from(s, i + 1);
  return str_trim((Str){ s.p + from, i - from });
}

static bool from_gmime(Arena *a, Str one, MailAddr *ret) {
  InternetAddressList *list = internet_address_list_parse(NULL, gmime_cstr(a, one));
  if (!list) return false;
  bool found = false;
  InternetAddress *ia = internet_address_list_length(list) == 1 ? internet_address_list_get_address(list, 0) : NULL;
  if (ia && INTERNET_ADDRESS_IS_MAILBOX(ia)) {
    Str name = str_z(internet_address_get_name(ia));
    Str email = str_z(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(ia)));
    *ret = (MailAddr){ tidy_line(a, name, CAP_NAME_BYTES), mailaddr_normal(a, str_dup(a, email)) };
    found = ret->email.n > 0;
  }
  g_object_unref(list);
  return found;
}

static Str unquoted(Str s) {
  s = str_trim(s);
  while (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0]) s = str_trim((Str){ s.p + 1, s.n - 2 });
  return s;
}

/* What GMime would not take: the address is the last word or what stands in the last angle brackets, the rest is the name. */
static bool by_hand(Arena *a, Str one, MailAddr *ret) {
  Str name, email, tail, drop;
  if (str_cut_last(one, '<', &name, &email)) str_cut(email, '>', &email, &tail);
  else if (!str_cut_last(one, ' ', &name, &email)) { email = one; name = S(""); }
  name = str_trim(name);
  if (name.n && name.p[name.n - 1] == ',') name = S("");         /* a word before the comma, not a name */
  if (str_istarts(email, S("mailto:"))) email = str_from(email, 7);
  str_cut(email, '?', &email, &drop);
  name = encword_decode(a, unquoted(name));
  *ret = (MailAddr){ tidy_line(a, name, CAP_NAME_BYTES), mailaddr_normal(a, str_dup(a, unquoted(email))) };
  return ret->email.n > 0;
}

static bool one_address(Arena *a, Str one, MailAddr *ret) {
  const char *at = one.n ? memchr(one.p, '@', one.n) : NULL;
  if (one.n > CHUNK_MAX || !at) return false;
  bool literal = memchr(at, '[', (size_t)(one.p + one.n - at));          /* GMime leaks on broken ones */
  if ((literal || !from_gmime(a, one, ret)) && !by_hand(a, one, ret)) return false;
  Str name = unquoted(ret->name), email = ret->email;
  if (email.p[0] == '\'') {                                      /* 'ana@x.org' in quotes of the wrong kind */
    Str inner = mailaddr_normal(a, unquoted(email));
    if (inner.n) ret->email = inner;
  }
  ret->name = name;
  return true;
}

MailAddrs mailaddr_list(Arena *a, Str header) {
  gmime_once();
  VEC(MailAddr) all = { 0 };
  Map *seen = map_new(a);
  header = encword_unify(a, str_head(header, CAP_HEADER_VALUE));
  while (header.n && all.n < CAP_ADDRESSES) {
    MailAddr one;
    if (!one_address(a, take_one(&header), &one) || map_get(seen, one.email)) continue;
    map_put(seen, one.email, seen);
    vec_add(a, &all, one);
  }
  return (MailAddrs){ all.at, all.n };
}

bool mailaddr_parse(Arena *a, Str s, MailAddr *ret) {
  MailAddrs all = mailaddr_list(a, s);
  if (all.n != 1) return false;
  *ret = all.at[0];
  return true;
}
