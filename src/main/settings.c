/* main/settings.c: the table, and how a value gets in. To add a setting: a member in Settings, a row here.
   The documentation, `cornerdesk settings`, the file, the environment and the flags follow. */
#include "main/settings.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/log.h"
#include "text/url.h"
#include "web/proxy.h"

typedef enum { SET_TEXT, SET_NUMBER, SET_BYTES, SET_TIME, SET_REAL, SET_SWITCH, SET_LEVEL, SET_NETS, SET_LISTEN, SET_STORE, SET_URL } Kind;
typedef struct {
  const char *name, *dflt;
  size_t at;
  Kind kind;
  int64_t min, max;             /* of numbers, bytes, seconds; of a text: the least of its length */
  bool secret;
  const char *about;
} Setting;
#define AT(f) .at = offsetof(Settings, f)

enum { KB = 1024, MB = 1024 * 1024 };

static const Setting table[] = {
  { "connections", "8192", AT(connections), SET_NUMBER, 16, 1000000, .about = "How many connections may be open at once" },
  { "data", "data", AT(data), SET_TEXT, 1, .about = "Directory for the store, the secret key and files on their way; made if its parent is there" },
  { "demo", "off", AT(demo), SET_SWITCH, .about = "Sample organisation: sign in with one click, no mail leaves the machine. Never with real people" },
  { "io_threads", "0", AT(io_threads), SET_NUMBER, 0, 256, .about = "Threads that read and send HTTP; 0: as many as processors" },
  { "lapse_after", "14d", AT(lapse_after), SET_TIME, 60, 3650 * 86400LL, .about = "After a report and two reminders, silence ends a request after this long. It never counts as good" },
  { "link_life", "90d", AT(link_life), SET_TIME, 60, 3650 * 86400LL, .about = "How long a link in a mail opens its request" },
  { "listen", "127.0.0.1:8080", AT(listen), SET_LISTEN, .about = "Address and port for HTTP; port 0 takes any that is free" },
  { "log_level", "info", AT(log_level), SET_LEVEL, .about = "error, warn, info or debug; the log goes to standard error" },
  { "mail.authserv", "", AT(mail_authserv), SET_TEXT, .about = "Name under which your own mail server says in Authentication-Results what it thinks of a sender; mail that failed there is held. Empty: not looked at" },
  { "mail.domain", "", AT(mail_domain), SET_TEXT, .about = "Right of the @ in message ids and reply addresses; empty: that of mail.from" },
  { "mail.from", "", AT(mail_from), SET_TEXT, .about = "The address the desk writes as; answers to it must reach mail.in" },
  { "mail.in", "", AT(mail_in), SET_TEXT, .secret = true, .about = "Mailboxes to fetch from: imaps://user:password@host/INBOX, several with blanks between" },
  { "mail.out", "", AT(mail_out), SET_TEXT, .secret = true, .about = "Where mail is handed over: smtp://user:password@host:587 or smtps://…; empty: mail waits in the outbox" },
  { "mail.poll", "60s", AT(mail_poll), SET_TIME, 1, 86400, .about = "How often mailboxes are looked at" },
  { "max_upload", "25MB", AT(max_upload), SET_BYTES, 64 * KB, 200LL * MB, .about = "Most that one request may send, files and all" },
  { "metrics_token", "", AT(metrics_token), SET_TEXT, .secret = true, .about = "Bearer token that opens /metrics to others than this machine" },
  { "moment_after", "30m", AT(moment_after), SET_TIME, 0, 30 * 86400LL, .about = "After a bad moment that nobody took: opening hours until one letter tells of it; 0: never" },
  { "patience", "60s", AT(patience), SET_TIME, 5, 3600, .about = "A connection that is silent for longer is closed" },
  { "public_url", "", AT(public_url), SET_URL, .about = "How people reach this desk, such as https://help.example.org; empty: http:// and listen" },
  { "rate", "1", AT(rate), SET_REAL, 0, 1000, .about = "How generous the limits on calls are: 2 is twice as many, 0 is no limits" },
  { "readers", "0", AT(readers), SET_NUMBER, 0, 256, .about = "Threads that draw pages; 0: as many as processors, at least 2" },
  { "remind_after", "3d", AT(remind_after), SET_TIME, 60, 3650 * 86400LL, .about = "How long after a report the person who asked is reminded, twice" },
  { "secret_key_file", "", AT(secret_key_file), SET_TEXT, .about = "32 random bytes all signatures come from, made on first start; empty: secret.key in data" },
  { "store", "", AT(store), SET_STORE, .about = "sqlite:FILE or postgresql://…; empty: sqlite:cornerdesk.db in data" },
  { "streams", "10000", AT(streams), SET_NUMBER, 0, 1000000, .about = "How many event streams (/api/v1/events) may be open at once, beside the connections" },
  { "streams_beat", "20s", AT(streams_beat), SET_TIME, 1, 3600, .about = "A stream with nothing to tell says so this often, so that nothing between takes it for dead" },
  { "streams_each", "50", AT(streams_each), SET_NUMBER, 1, 1000000, .about = "How many of them one person may have" },
  { "trusted_proxies", "", AT(trusted_proxies), SET_NETS, .about = "Addresses or nets whose X-Forwarded-For is believed, such as 127.0.0.1 10.0.0.0/8" },
  { "writers", "4", AT(writers), SET_NUMBER, 1, 64, .about = "Connections that write; on SQLite there is always one" },
};

/* Same name: letters alike, and . - _ alike. */
static bool same(Str a, Str b) {
  if (a.n != b.n) return false;
  for (size_t i = 0; i < a.n; i++) {
    char x = a.p[i], y = b.p[i];
    bool dx = x == '.' || x == '-' || x == '_', dy = y == '.' || y == '-' || y == '_';
    if (dx != dy || (!dx && (x | 32) != (y | 32))) return false;
  }
  return true;
}

static const Setting *find(Str name) {
  for (size_t i = 0; i < COUNT(table); i++)
    if (same(str_z(table[i].name), name)) return &table[i];
  return NULL;
}

bool settings_is_flag(Str name, bool *ret_switch) {
  const Setting *s = find(name);
  *ret_switch = s && s->kind == SET_SWITCH;
  return s != NULL;
}

/* ---- values */

/* A number and a unit out of a table; the unit may be left out. */
typedef struct { const char *word; int64_t times; } Unit;
static const Unit bytes_units[] = { { "", 1 }, { "kb", KB }, { "mb", MB }, { "gb", 1024LL * MB }, { "k", KB }, { "m", MB }, { "g", 1024LL * MB } };
static const Unit time_units[]  = { { "", 1 }, { "s", 1 }, { "m", 60 }, { "min", 60 }, { "h", 3600 }, { "d", 86400 } };

static bool with_unit(Arena *a, Str text, const Unit *units, size_t n, int64_t *ret) {
  size_t digits = 0;
  while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9') digits++;
  Str word = str_lower(a, str_trim(str_from(text, digits)));
  int64_t v;
  if (!str_int(str_head(text, digits), &v)) return false;
  for (size_t i = 0; i < n; i++)
    if (str_eq(word, str_z(units[i].word))) return !__builtin_mul_overflow(v, units[i].times, ret);
  return false;
}

static bool is_url(Str v) {
  Url u;
  return v.n == 0 || (url_parse(v, &u) && (u.path.n == 0 || str_eq(u.path, S("/"))) && u.query.n == 0 && u.fragment.n == 0);
}

static bool is_listen(Str v) {
  Str host, port;
  int64_t n;
  return str_cut_last(v, ':', &host, &port) && str_int(port, &n) && n >= 0 && n <= 65535;
}

static bool is_store(Str v) {
  return v.n == 0 || str_starts(v, S("sqlite:")) || str_starts(v, S("postgresql://")) || str_starts(v, S("postgres://"));
}

static Err bad(Cx *cx, const Setting *s, Str from, const char *want) {
  return fail(cx, E_INVALID, "setting %s (" STR_FMT ") is not well formed: it must be %s", s->name, STR_ARG(from), want);
}

static Err put_number(Cx *cx, const Setting *s, int64_t v, int64_t times, Str from, int64_t *at) {
  if (v < s->min || v > s->max)
    return fail(cx, E_INVALID, "setting %s (" STR_FMT ") must be from %lld to %lld%s", s->name, STR_ARG(from), (long long)s->min, (long long)s->max,
                s->kind == SET_BYTES ? " bytes" : s->kind == SET_TIME ? " seconds" : "");
  *at = v * times;
  return E_OK;
}

static bool is_on(Str v, bool *ret) {
  *ret = str_ieq(v, S("on")) || str_ieq(v, S("true")) || str_ieq(v, S("yes")) || str_eq(v, S("1"));
  return *ret || str_ieq(v, S("off")) || str_ieq(v, S("false")) || str_ieq(v, S("no")) || str_eq(v, S("0"));
}

static Err put(Cx *cx, const Setting *s, Str v, Str from, Settings *to) {
  void *at = (char *)to + s->at;
  int64_t i = 0;
  LogLevel level;
  Nets nets = { 0 };
  switch (s->kind) {
    case SET_NUMBER: return str_int(v, &i) ? put_number(cx, s, i, 1, from, at) : bad(cx, s, from, "a whole number");
    case SET_BYTES:  return with_unit(cx->arena, v, bytes_units, COUNT(bytes_units), &i) ? put_number(cx, s, i, 1, from, at) : bad(cx, s, from, "a size such as 25MB");
    case SET_TIME:   return with_unit(cx->arena, v, time_units, COUNT(time_units), &i) ? put_number(cx, s, i, SECOND, from, at) : bad(cx, s, from, "a time such as 90s, 15min, 12h or 3d");
    case SET_REAL:   return str_double(v, at) && *(double *)at >= (double)s->min && *(double *)at <= (double)s->max ? E_OK : bad(cx, s, from, "a number from 0 to 1000");
    case SET_SWITCH: return is_on(v, at) ? E_OK : bad(cx, s, from, "on or off");
    case SET_LEVEL:  if (!log_level_of(v, &level)) return bad(cx, s, from, "error, warn, info or debug"); break;
    case SET_NETS:   if (nets_parse(cx, v, &nets)) return fail(cx, E_INVALID, "setting %s (" STR_FMT "): " STR_FMT, s->name, STR_ARG(from), STR_ARG(cx->why)); break;
    case SET_LISTEN: if (!is_listen(v)) return bad(cx, s, from, "HOST:PORT"); break;
    case SET_STORE:  if (!is_store(v)) return bad(cx, s, from, "sqlite:FILE or postgresql://…"); break;
    case SET_URL:    if (!is_url(v)) return bad(cx, s, from, "http:// or https:// and a host, without a path"); break;
    case SET_TEXT:   if ((int64_t)v.n < s->min) return fail(cx, E_INVALID, "setting %s (" STR_FMT ") is empty", s->name, STR_ARG(from)); break;
  }
  *(Str *)at = v;
  return E_OK;
}

static Err set(Cx *cx, Str name, Str value, Str from, Settings *to, SettingsFrom *ret) {
  const Setting *s = find(name);
  if (!s) return fail(cx, E_INVALID, "there is no setting \"" STR_FMT "\" (" STR_FMT "); `cornerdesk settings` lists them", STR_ARG(name), STR_ARG(from));
  TRY(put(cx, s, value, from, to));
  ret->values[s - table] = value;
  ret->from[s - table] = from;
  return E_OK;
}

/* ---- the file: name = value, # begins a comment, quotes may stand round a value */

static Str unquote(Str v) {
  if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"') return (Str){ v.p + 1, v.n - 2 };
  return v;
}

/* A # after a blank, outside quotes, begins a comment: addresses may hold a #. */
static Str no_comment(Str line) {
  bool quoted = false;
  for (size_t i = 0; i < line.n; i++) {
    if (line.p[i] == '"') quoted = !quoted;
    if (line.p[i] == '#' && !quoted && (i == 0 || line.p[i - 1] == ' ' || line.p[i - 1] == '\t')) return str_head(line, i);
  }
  return line;
}

static Err read_file(Cx *cx, Str path, Str *ret) {
  enum { MOST = 1 << 20 };
  int fd = open(str_cstr(cx->arena, path), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(cx, E_INVALID, "the settings file " STR_FMT " cannot be read: %s", STR_ARG(path), strerror(errno));
  Buf b = { .arena = cx->arena };
  ssize_t got = 0;
  while (b.n < MOST && (got = read(fd, buf_space(&b, 8192), 8192)) > 0) b.n += (size_t)got;
  close(fd);
  if (got < 0) return fail(cx, E_INVALID, "the settings file " STR_FMT " cannot be read: %s", STR_ARG(path), strerror(errno));
  *ret = buf_str(&b);
  return E_OK;
}

static Err load_file(Cx *cx, Str path, Settings *to, SettingsFrom *from) {
  Str rest;
  TRY(read_file(cx, path, &rest));
  for (int n = 1; rest.n; n++) {
    Str line = str_trim(no_comment(str_line(&rest))), name, value;
    Str where = str_fmt(cx->arena, STR_FMT " line %d", STR_ARG(path), n);
    if (line.n == 0) continue;
    if (!str_cut(line, '=', &name, &value)) return fail(cx, E_INVALID, STR_FMT ": \"" STR_FMT "\" is not name = value", STR_ARG(where), STR_ARG(line));
    TRY(set(cx, str_trim(name), unquote(str_trim(value)), where, to, from));
  }
  return E_OK;
}

/* ---- all of it */

static Err load_env(Cx *cx, char *const *env, Settings *to, SettingsFrom *from) {
  for (; *env; env++) {
    Str name, value;
    if (!str_cut(str_z(*env), '=', &name, &value) || !str_starts(name, S("CORNERDESK_"))) continue;
    if (str_eq(name, S("CORNERDESK_CONFIG"))) continue;
    TRY(set(cx, str_from(name, 11), value, name, to, from));
  }
  return E_OK;
}

static Str config_path(char *const *env, const SettingFlag *flags, size_t n) {
  Str path = S("");
  for (; *env; env++) if (str_starts(str_z(*env), S("CORNERDESK_CONFIG="))) path = str_from(str_z(*env), 18);
  for (size_t i = 0; i < n; i++) if (same(flags[i].name, S("config"))) path = flags[i].value;
  return path;
}

/* What depends on other settings. */
static void derive(Cx *cx, Settings *s) {
  Str user, host;
  if (!s->store.n) s->store = str_cat(cx->arena, S("sqlite:"), s->data, S("/cornerdesk.db"));
  if (!s->secret_key_file.n) s->secret_key_file = str_cat(cx->arena, s->data, S("/secret.key"));
  if (str_ends(s->public_url, S("/"))) s->public_url.n--;
  if (!s->mail_domain.n && str_cut_last(s->mail_from, '@', &user, &host)) s->mail_domain = host;
  if (!s->mail_domain.n) s->mail_domain = S("localhost");
}

Err settings_load(Cx *cx, char *const *env, const SettingFlag *flags, size_t n, Settings *ret, SettingsFrom *from) {
  _Static_assert(COUNT(table) <= SETTINGS_MOST, "SettingsFrom holds every setting");
  for (size_t i = 0; i < COUNT(table); i++) TRY(set(cx, str_z(table[i].name), str_z(table[i].dflt), S("default"), ret, from));
  Str path = config_path(env, flags, n);
  if (path.n) TRY(load_file(cx, path, ret, from));
  TRY(load_env(cx, env, ret, from));
  for (size_t i = 0; i < n; i++)
    if (!same(flags[i].name, S("config"))) TRY(set(cx, flags[i].name, flags[i].value, str_cat(cx->arena, S("--"), flags[i].name), ret, from));
  derive(cx, ret);
  return E_OK;
}

/* A password inside an address is nobody's business either. */
static Str shown(const Setting *s, Str v) {
  if (s->secret && v.n) return S("(hidden)");
  if (s->kind == SET_STORE && str_find(v, S("@")) != SIZE_MAX) return S("(hidden, it may hold a password)");
  return v.n ? v : S("(empty)");
}

void settings_print(Buf *b, const SettingsFrom *from) {
  for (size_t i = 0; i < COUNT(table); i++) {
    const Setting *s = &table[i];
    Str v = shown(s, from->values[i]);
    buf_fmt(b, "%s = " STR_FMT "\n    from: " STR_FMT "; default: %s\n    %s.\n", s->name, STR_ARG(v), STR_ARG(from->from[i]),
            *s->dflt ? s->dflt : "(empty)", s->about);
  }
}
