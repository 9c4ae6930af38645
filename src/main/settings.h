/* main/settings.h: what the command line, the environment and the file may set, in one table (settings.c).
   Later wins: default, file (--config, or CORNERDESK_CONFIG), CORNERDESK_NAME, --name. Dots, dashes and underscores are
   alike, so mail.out is also --mail-out and CORNERDESK_MAIL_OUT. Not here: what the wizard sets (table setting). */
#ifndef MAIN_SETTINGS_H
#define MAIN_SETTINGS_H
#include "base/base.h"

typedef struct {
  Str listen, store, data, public_url, secret_key_file, trusted_proxies, log_level;
  Str mail_in, mail_out, mail_from, mail_domain, mail_authserv;
  int64_t max_upload, readers, writers, io_threads, connections, patience, streams, streams_each, streams_beat;
  int64_t mail_poll, remind_after, lapse_after, moment_after, link_life;
  double  rate;
  bool    demo;
  Str     metrics_token;
} Settings;

enum { SETTINGS_MOST = 64 };

/* Where each value came from, in words: "default", "/etc/cornerdesk.conf line 3", "CORNERDESK_LISTEN", "--listen". */
typedef struct { Str values[SETTINGS_MOST], from[SETTINGS_MOST]; } SettingsFrom;

typedef struct { Str name, value; } SettingFlag;

/* flags: what stood on the command line, with the dashes off. env: as environ. E_INVALID: cx->why names the setting and
   where it was set; that stops the start. */
Err settings_load(Cx *, char *const *env, const SettingFlag *flags, size_t n, Settings *ret, SettingsFrom *ret_from) CHECKED;
bool settings_is_flag(Str name, bool *ret_switch);        /* a setting of this name; a switch may stand without a value */

/* Every setting: value in force, where from, default, what it does. Secrets are hidden. */
void settings_print(Buf *, const SettingsFrom *);
#endif
