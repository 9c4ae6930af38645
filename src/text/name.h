/* text/name.h: how to speak to somebody by their name.
   Not here: how a name is said (party.say_name), letters on a face (web/parts.h). */
#ifndef TEXT_NAME_H
#define TEXT_NAME_H
#include "base/str.h"

/* What to call a person in a greeting: the given name where the name plainly shows it, else the whole name. A given name
   is taken for plain when there are two to four words in Latin, Greek or Cyrillic letters and the person's language (a tag,
   may be "") does not put the family name first. Titles and initials at the front are no given name. Never empty unless
   name is. */
Str name_called(Str name, Str lang);
#endif
