/* web/csv.h: figures as a file for spreadsheets (RFC 4180): one row a figure, never without what it stands on. A text that a
   spreadsheet would take for a formula is given an apostrophe. Times in seconds; instants RFC 3339. */
#ifndef WEB_CSV_H
#define WEB_CSV_H
#include "desk/figure.h"
#include "web/req.h"

void csv_begin(Res *);                                           /* the line of names */
void csv_names(Res *, const char *names);                        /* the same, with more before it: "customer,part" */
void csv_cell(Res *, Str);                                       /* one of these before a figure: words and a comma */
void csv_figure(Cx *, Res *, const Figure *);                    /* question: of the measure of that name; "" for others */
void csv_asked(Cx *, Res *, const Figure *, Str question);
/* Of files that hold no figures: cells, each with its comma, but the last of a line. */
void csv_number(Res *, bool is, double);                         /* nothing where there is none */
void csv_at(Cx *, Res *, int64_t at);                            /* nothing for 0 */
void csv_last(Res *, Str);
Err  csv_end(Cx *, Res *, Str name) CHECKED;                     /* as a download of that name */
void csv_text(Buf *, Str);                                       /* one field of words */
#endif
