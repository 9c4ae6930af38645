/* base/log.c: one write an event, so that lines of several threads never mix. */
#include "base/log.h"
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>
#include "base/clock.h"

static LogLevel level = LOG_INFO;
static const char *const names[] = { "error", "warn", "info", "debug" };

void log_level(LogLevel l) { level = l; }

bool log_level_of(Str name, LogLevel *ret) {
  for (LogLevel l = LOG_ERROR; l <= LOG_DEBUG; l++)
    if (str_eq(name, str_z(names[l]))) { *ret = l; return true; }
  return false;
}

void log_line(LogLevel l, const char *fmt, ...) {
  if (l > level) return;
  char line[2048];
  int64_t now = clock_now(), s = now / SECOND;
  int y, m, d;
  clock_civil(now / DAY, &y, &m, &d);
  int n = snprintf(line, sizeof line, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ %s ", y, m, d, (int)(s / 3600 % 24),
                   (int)(s / 60 % 60), (int)(s % 60), (int)(now % SECOND / 1000), names[l]);
  va_list ap;
  va_start(ap, fmt);
  int more = vsnprintf(line + n, sizeof line - (size_t)n - 1, fmt, ap);
  va_end(ap);
  size_t end = (size_t)n + (more < 0 ? 0 : (size_t)more);
  if (end > sizeof line - 2) end = sizeof line - 2;
  for (size_t i = (size_t)n; i < end; i++) if ((unsigned char)line[i] < 32) line[i] = ' ';   /* one event, one line */
  line[end++] = '\n';
  if (write(STDERR_FILENO, line, end) < 0) return;
}
