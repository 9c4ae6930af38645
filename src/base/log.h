/* base/log.h: one line an event on stderr: time, level, words. Never a secret, never the text of a message.
   Safe from any thread. The level is set once before threads start. A line that comes again at once, for ten seconds, is
   counted, and the count is told before the next other line. */
#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "base/str.h"

typedef enum { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG } LogLevel;

void log_level(LogLevel);
bool log_level_of(Str name, LogLevel *ret);       /* error warn info debug */
void log_line(LogLevel, const char *fmt, ...) __attribute__((format(printf, 2, 3), nonnull(2)));
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)
#define log_warn(...)  log_line(LOG_WARN,  __VA_ARGS__)
#define log_info(...)  log_line(LOG_INFO,  __VA_ARGS__)
#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)
#endif
