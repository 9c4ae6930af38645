/* text/tnef.h: winmail.dat, which Outlook sends in place of files and formatted text (MS-OXTNEF). Reads what a person
   needs: the files, their long names, the text and HTML; leaves the rest. */
#ifndef TEXT_TNEF_H
#define TEXT_TNEF_H
#include "base/str.h"
#include "text/mime.h"

typedef struct { Str text, html; MailFile *files; size_t n_files; } Tnef;

bool tnef_read(Arena *, Str bytes, Tnef *ret);      /* false: no TNEF; what is broken further in is left out */
#endif
