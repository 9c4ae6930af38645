/* web/pages/journey_logs.h: what the pages of files are drawn from (ui/views/journey_logs.html). */
#ifndef WEB_PAGES_JOURNEY_LOGS_H
#define WEB_PAGES_JOURNEY_LOGS_H
#include "desk/journey_file.h"
#include "desk/journey_log.h"
#include "web/req.h"

enum { LOGS_SHOWN = 10, WALKS_SHOWN = 100 };                            /* the latest files are held against the map; so many walks of one are told */
typedef struct { Journey j; Rows logs; LogFit *fits; bool may, cjml; Str done; const Pairs *wrong; } JourneyLogsPage;     /* cjml: some came as CJML */
typedef struct { Journey j; Rows map; JourneyLog log; LogFit fit; } JourneyLogPage;
typedef struct { Journey j; Sentences left; } JourneyTaken;              /* a file was taken in, and this was not */

Str log_step_words(const Lang *, const LogStep *);                       /* what it is beside the map: "as planned" */
Str log_says_words(const Lang *, const LogStep *);                       /* what the file says, where that is something else; else "" */
Str log_missed_words(Arena *, const Lang *, const Rows *map, const LogWalk *);  /* "never came to “Signs” and “First pay”"; "" */
Str log_rating_words(Arena *, const Lang *, const LogFit *, const LogStep *);   /* "they rated it 75 of 100"; "" */
#endif
