/* main/run.c: flags taken apart; the site, the key and the store made ready. */
#include "main/run.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/log.h"
#include "base/random.h"

Err run_usage(Run *r, const char *fmt, ...) {
  char text[1024];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(text, sizeof text, fmt, ap);
  va_end(ap);
  r->usage = true;
  return fail(&r->cx, E_INVALID, "%s", text);
}

Err run_forms(Run *r) {
  Buf b = { .arena = r->arena };
  Str rest = str_z(r->forms), form;
  while (rest.n) {
    form = str_line(&rest);
    buf_fmt(&b, "%scornerdesk " STR_FMT, b.n == 0 ? "" : rest.n ? ", " : ", or ", STR_ARG(form));
  }
  return run_usage(r, "use it like this: " STR_FMT, STR_ARG(buf_str(&b)));
}

/* ---- flags */

/* Is name among "a= b c="? */
static bool own_option(const char *options, Str name, bool *ret_value) {
  Str rest = str_z(options ? options : ""), one;
  while (rest.n) {
    str_cut(rest, ' ', &one, &rest);
    *ret_value = str_ends(one, S("="));
    if (str_eq(*ret_value ? str_head(one, one.n - 1) : one, name)) return true;
  }
  return false;
}

static bool takes_value(const CommandRow *c, Str name, bool *ret_own, bool *ret_value) {
  bool is_switch;
  *ret_own = own_option(c->options, name, ret_value);
  if (*ret_own) return true;
  *ret_value = true;
  if (str_eq(name, S("config"))) return true;
  if (!settings_is_flag(name, &is_switch)) return false;
  *ret_value = !is_switch;
  return true;
}

Err run_parse(Run *r, const CommandRow *c, int argc, char **argv, char **env) {
  VEC(SettingFlag) flags = { 0 };
  r->argc = argc;
  r->argv = argv;
  r->forms = c->usage;
  r->out.arena = r->arena;
  for (int i = 0; i < argc && !c->raw; i++) {
    Str arg = str_z(argv[i]), name, value;
    if (!str_starts(arg, S("--")) || arg.n == 2) { vec_add(r->arena, &r->words, arg); continue; }
    bool own, wants, given = str_cut(str_from(arg, 2), '=', &name, &value);
    if (!takes_value(c, name, &own, &wants)) return run_usage(r, "there is no flag or setting --" STR_FMT " for %s; see cornerdesk %s --help", STR_ARG(name), c->name, c->name);
    if (!given && wants) {
      if (i + 1 == argc) return run_usage(r, "--" STR_FMT " wants a value after it", STR_ARG(name));
      value = str_z(argv[++i]);
    }
    if (!given && !wants) {
      value = S("on");
      if (!own && i + 1 < argc && (strcmp(argv[i + 1], "on") == 0 || strcmp(argv[i + 1], "off") == 0)) value = str_z(argv[++i]);
    }
    if (own) vec_add(r->arena, &r->options, (FormField){ name, value });
    else vec_add(r->arena, &flags, (SettingFlag){ name, value });
  }
  r->usage = true;
  TRY(settings_load(&r->cx, env, flags.at, flags.n, &r->set, &r->from));
  r->usage = false;
  LogLevel level = LOG_INFO;
  if (log_level_of(r->set.log_level, &level)) log_level(level);
  return E_OK;
}

Str run_option(const Run *r, const char *name) {
  for (size_t i = 0; i < r->options.n; i++)
    if (str_eq(r->options.at[i].name, str_z(name))) return r->options.at[i].value;
  return S("");
}

bool run_has(const Run *r, const char *name) {
  for (size_t i = 0; i < r->options.n; i++)
    if (str_eq(r->options.at[i].name, str_z(name))) return true;
  return false;
}

/* ---- the site */

static Err make_directory(Run *r) {
  const char *path = str_cstr(r->arena, r->set.data);
  struct stat st;
  bool there = stat(path, &st) == 0;
  if (there && S_ISDIR(st.st_mode)) return E_OK;
  if (there) return fail(&r->cx, E_BUSY, "the data directory %s is no directory; name another with --data", path);
  if (mkdir(path, 0700) == 0) return E_OK;
  return fail(&r->cx, E_BUSY, "the data directory %s cannot be made: %s; make it, or name another with --data", path, strerror(errno));
}

/* Written beside and renamed, so that a key file is whole or absent; another process that was first wins. */
static Err make_key(Run *r, const char *path, unsigned char key[32]) {
  const char *beside = str_cstr(r->arena, str_fmt(r->arena, "%s.%d", path, getpid()));
  random_bytes(key, 32);
  Str hex = str_cat(r->arena, str_hex(r->arena, key, 32), S("\n"));
  int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  bool ok = fd >= 0 && write(fd, hex.p, hex.n) == (ssize_t)hex.n && fsync(fd) == 0;
  if (fd >= 0) close(fd);
  if (ok && link(beside, path) != 0 && errno != EEXIST) ok = false;
  int e = errno;
  unlink(beside);
  if (!ok) return fail(&r->cx, E_BUSY, "the secret key %s cannot be written: %s", path, strerror(e));
  return E_OK;
}

static Err read_key(Run *r, const char *path, unsigned char key[32], bool *ret_there) {
  char text[128];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  *ret_there = fd >= 0;
  if (fd < 0 && errno == ENOENT) return E_OK;
  if (fd < 0) return fail(&r->cx, E_BUSY, "the secret key %s cannot be read: %s", path, strerror(errno));
  struct stat st;
  if (fstat(fd, &st) == 0 && (st.st_mode & 077)) log_warn("the secret key %s can be read by others: chmod 600 it", path);
  ssize_t n = read(fd, text, sizeof text);
  close(fd);
  if (n < 64 || !str_unhex(str_trim((Str){ text, (size_t)n }), key, 32))
    return fail(&r->cx, E_INVALID, "the secret key %s is not 64 hexadecimal digits", path);
  return E_OK;
}

static Err load_key(Run *r) {
  const char *path = str_cstr(r->arena, r->set.secret_key_file);
  bool there;
  TRY(read_key(r, path, r->site.key, &there));
  if (there) return E_OK;
  TRY(make_key(r, path, r->site.key));
  return read_key(r, path, r->site.key, &there);
}

Err run_site(Run *r) {
  const Settings *s = &r->set;
  if (sodium_init() < 0) return fail(&r->cx, E_BROKEN, "libsodium could not start");
  r->site = (Site){
    .public_url = s->public_url.n ? s->public_url : r->address.n ? r->address : str_cat(r->arena, S("http://"), s->listen),
    .https = str_starts(s->public_url, S("https://")), .data = s->data, .demo = s->demo, .max_upload = s->max_upload,
    .metrics_token = s->metrics_token,
    .mail_from = s->mail_from, .mail_in = s->mail_in, .mail_poll = s->mail_poll, .mail_authserv = s->mail_authserv, .mail_out = s->mail_out, .mail_domain = s->mail_domain,
    .reopen_within = 30 * DAY, .append_within = 7 * DAY,
    .remind_after = s->remind_after, .lapse_after = s->lapse_after, .moment_after = s->moment_after, .link_life = s->link_life,
  };
  r->cx.site = &r->site;
  TRY(make_directory(r));
  return load_key(r);
}

/* ---- the store */

Err run_store(Run *r, bool fresh) {
  TRY(store_open(&r->cx, r->set.store, &r->store));
  if (!fresh && store_kind(r->store) == STORE_SQLITE) {
    const char *file = str_cstr(r->arena, str_from(r->set.store, 7));
    if (access(file, F_OK) != 0)
      return fail(&r->cx, E_BUSY, "there is no database at sqlite:%s; `cornerdesk serve` makes one, or name another with --store", file);
  }
  return store_migrate(&r->cx, r->store);
}

Err run_db(Run *r, DbMode mode) {
  TRY(run_site(r));
  TRY(run_store(r, false));
  TRY(db_open(&r->cx, r->store, mode, &r->cx.db));
  r->cx.now = clock_now();
  r->cx.actor = (Actor){ .system = true };
  return E_OK;
}

void run_tell(Run *r) {
  if (!r->store || store_kind(r->store) != STORE_POSTGRESQL) return;
  Err e = r->cx.db ? E_OK : db_open(&r->cx, r->store, DB_READ, &r->cx.db);
  if (!e) e = db_notify(&r->cx);
  if (e) log_warn("servers will notice this change a little later: " STR_FMT, STR_ARG(r->cx.why));
}
