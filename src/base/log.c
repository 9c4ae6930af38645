/* base/log.c: one write an event, so that lines of several threads never mix. */
#include "base/log.h"
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/clock.h"

enum { STAMP = 32, WORDS = 2000 };
static LogLevel level = LOG_INFO;
static const char *const names[] = { "error", "warn", "info", "debug" };

void log_level(LogLevel l) { level = l; }

bool log_level_of(Str name, LogLevel *ret) {
  for (LogLevel l = LOG_ERROR; l <= LOG_DEBUG; l++)
    if (str_eq(name, str_z(names[l]))) { *ret = l; return true; }
  return false;
}

/* The line before, without its time: one that comes again within AGAIN is counted instead of written, so that a disk that is
   full is not filled further by what it makes us say. */
enum { AGAIN = 10 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { char words[WORDS]; int64_t at; unsigned long long more; } before;

static size_t stamp(char *line, int64_t now) {
  int64_t s = now / SECOND;
  int y, m, d;
  clock_civil(now / DAY, &y, &m, &d);
  return (size_t)snprintf(line, STAMP, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ ", y, m, d, (int)(s / 3600 % 24), (int)(s / 60 % 60),
                          (int)(s % 60), (int)(now % SECOND / 1000));
}

static void put(int64_t now, const char *words) {
  char line[STAMP + WORDS + 1];
  size_t n = stamp(line, now), more = strlen(words);
  memcpy(line + n, words, more);
  line[n + more] = '\n';
  if (write(STDERR_FILENO, line, n + more + 1) < 0) return;
}

static void put_count(int64_t now) {
  char words[80];
  if (!before.more) return;
  snprintf(words, sizeof words, "info the line before came %llu times more", before.more);
  put(now, words);
  before.more = 0;
}

void log_line(LogLevel l, const char *fmt, ...) {
  if (l > level) return;
  char words[WORDS];
  va_list ap;
  int64_t now = clock_now();
  int n = snprintf(words, sizeof words, "%s ", names[l]);
  va_start(ap, fmt);
  vsnprintf(words + n, sizeof words - (size_t)n, fmt, ap);
  va_end(ap);
  for (char *c = words; *c; c++) if ((unsigned char)*c < 32) *c = ' ';   /* one event, one line */
  pthread_mutex_lock(&lock);
  if (now - before.at < AGAIN * SECOND && strcmp(words, before.words) == 0) before.more++;
  else {
    put_count(now);
    put(now, words);
    memcpy(before.words, words, sizeof words);
    before.at = now;
  }
  pthread_mutex_unlock(&lock);
}
