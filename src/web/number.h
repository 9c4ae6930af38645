/* web/number.h: a figure in the reader's words, for ui/views/number.html. Pages use those views, not these functions. */
#ifndef WEB_NUMBER_H
#define WEB_NUMBER_H
#include "desk/figure.h"
#include "text/json.h"
#include "text/when.h"

/* A value of that kind: "87%", "2 h 20 min", "+20". Only beside a figure that says what it stands on. */
Str number_one(Arena *, const Lang *, FigureKind, double value);
Str number_nobody(const Lang *, const Figure *);             /* "nobody asked yet" */
Str number_value(Arena *, const Lang *, const Figure *);     /* "6 of 9", "87%", "2 h 20 min", "+20" */
Str number_sure(Arena *, const Lang *, const Figure *);      /* "97 of 112, likely 79 to 92%" */
Str number_brief(Arena *, const Lang *, const Figure *);     /* for a cell: "79 to 92%, from 112" */
Str number_few(Arena *, const Lang *, const Figure *);       /* up to four, where the answers themselves are not at hand */
Str number_said(Arena *, const Lang *, const Figure *);      /* all of it in a sentence */
Str number_silent(Arena *, const Lang *, const Figure *);    /* "23 silent" */
Str number_beside(Reader, const Figure *);                   /* "24 August to today · says the person who asked · 23 silent · …" */
Str number_period(Reader, int64_t from, int64_t to);         /* "24 August to today"; "" for always */

/* One to four answers on cards that are not listed: that there are so many is told, and neither their mean nor its interval. */
bool number_counted(const Figure *);

typedef struct { double lo, width, at; } NumberBar;          /* per cent of the bar's length */
NumberBar number_bar_of(const Figure *);

/* The same for programs: {"measure","kind","k","n","value","ci":[lo,hi],"bounds","viewpoint","silent","period":{"from","to"},"show","answers"}.
   Times in seconds. value is null where n = 0, and with its interval where answers are only counted. name: of the member it becomes; NULL: as a value of its own. */
void figure_json(JsonOut *, const char *name, const Figure *);
void figure_json_members(JsonOut *, const Figure *);         /* into an object that is open */
#endif
