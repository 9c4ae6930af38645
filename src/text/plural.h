/* text/plural.h: which form of a word goes with a number: the Plural-Forms rule of a gettext catalogue.
   The rule is a C expression of n, as gettext's manual tells ("Plural forms"); read anew each time, it is short. */
#ifndef TEXT_PLURAL_H
#define TEXT_PLURAL_H
#include "base/str.h"

/* header: the whole header of a catalogue. The form, from 0; without a rule, or with one that cannot be read, English's. */
size_t plural_form(Str header, uint64_t n);
#endif
