/* text/charset.h: any character set a mail may name, right or wrong, to UTF-8. */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H
#include "base/str.h"

/* label: as the mail gives it, "" if it gives none. Always valid UTF-8, U+FFFD for what cannot be read. Common lies are
   seen through: GB2312 that is GB18030, Latin-1 that is Windows-1252 or UTF-8, UTF-8 that is Windows-1252, no label at
   all, a byte order mark that says otherwise. */
Str charset_utf8(Arena *, Str bytes, Str label);

/* The label inside HTML itself (<meta charset=…>), "" if none in the first kilobyte. */
Str charset_of_html(Str html);
#endif
