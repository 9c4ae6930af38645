/* text/lang.h: the languages the desk speaks, and its words in each.
   English is written in the code and the templates; the other languages come from ui/locale/<tag>.po, compiled into the
   program. A Lang is constant and shared by all threads. NULL stands for English everywhere.
   Not here: dates and numbers in words (when.h). */
#ifndef TEXT_LANG_H
#define TEXT_LANG_H
#include "base/cx.h"

/* By tag ("pt-BR") or a whole Accept-Language header: lookup of RFC 4647 3.4, best q first. Never NULL: English if none fits. */
const Lang *lang_find(Str tag_or_header);
Str         lang_tag(const Lang *);         /* "nl": for lang= */
Str         lang_name(const Lang *);        /* in its own words: "Nederlands" */
bool        lang_rtl(const Lang *);
static inline const char *lang_dir(const Lang *l) { return lang_rtl(l) ? "rtl" : "ltr"; }
/* Those offered to people, English first; the two pseudo-locales for tests (en-XA, ar-XB) come after them. */
size_t      lang_count(void);
const Lang *lang_at(size_t i);
bool        lang_is_pseudo(const Lang *);
/* One more, from the bytes of a little-endian .mo file that lives as long as the arena: for tests. */
const Lang *lang_new(Arena *, Str tag, Str mo, bool rtl);

/* The words for an English sentence; the sentence itself where there is no translation. Lives as long as the program.
   msgid is always a literal, so that xgettext finds it. */
Str tr  (const Lang *, const char *msgid);
Str tr_c(const Lang *, const char *context, const char *msgid);            /* where one English word has two meanings */
Str trn (const Lang *, const char *one, const char *many, int64_t n);      /* by the plural rule of that language */

/* The places %s or %1$s … %9$s filled, %% is a percent sign: tr_f(a, lang, "Reply to %s", name). At least one argument,
   each a Str. trn_f gives n to no place of itself: trn_f(a, lang, "%s day", "%s days", n, num(…)). */
Str tr_fill(Arena *, Str words, const Str *args, size_t n);
/* Bytes of the place at words[i], 0 if there is none. *ret_which: its argument from 0, SIZE_MAX for %%. *next counts %s: begin with 0. */
size_t tr_place(Str words, size_t i, size_t *next, size_t *ret_which);
#define TR_ARGS_(...) (const Str[]){ __VA_ARGS__ }, sizeof((const Str[]){ __VA_ARGS__ }) / sizeof(Str)
#define tr_f(a, lang, msgid, ...)         tr_fill((a), tr((lang), (msgid)), TR_ARGS_(__VA_ARGS__))
#define trn_f(a, lang, one, many, n, ...) tr_fill((a), trn((lang), (one), (many), (n)), TR_ARGS_(__VA_ARGS__))
#endif
