/* web/pages/journey_logs.h: what the pages of files are drawn from (ui/views/journey_logs.html). */
#ifndef WEB_PAGES_JOURNEY_LOGS_H
#define WEB_PAGES_JOURNEY_LOGS_H
#include "desk/journey_file.h"
#include "desk/journey_log.h"
#include "web/req.h"

enum { LOGS_SHOWN = 10 };                   /* the latest are held against the map */
typedef struct { Journey j; Rows logs; LogFit *fits; bool may; Str done; const Pairs *wrong; } JourneyLogsPage;
typedef struct { Journey j; Sentences left; } JourneyTaken;              /* a file was taken in, and this was not */
#endif
