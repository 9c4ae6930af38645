/* web/keys.h: what can be done by keyboard, as a table. It is the one source of the keys themselves (ui/static/desk.js reads it as
   JSON), of the command palette and /commands, of the sheet of keys and /keys, and of what one may change there.
   A new key: a row in keys.c, and the id it names on the element it presses. Everything here can be done without it as well.
   Not here: what the actions do (they are links and buttons of the pages), whose keys (desk/habit.h). */
#ifndef WEB_KEYS_H
#define WEB_KEYS_H
#include "web/shell.h"

typedef enum { KEYS_MOVE, KEYS_ANSWER, KEYS_SORT, KEYS_GO, KEYS_ANYWHERE, KEYS_GROUPS } KeyGroup;
/*     where it means something; a set */
typedef enum { HERE_LIST = 1, HERE_TALK = 2, HERE_ALL = 7 } KeyHere;

typedef struct {
  const char *name;       /* "reply": in the habit of a person */
  const char *key;        /* "r"; "g i": one after the other; "": none unless somebody chooses one */
  const char *also;       /* a key that is no character, so it stays where single letters are off: "Ctrl Enter"; "" */
  KeyHere  here;
  KeyGroup group;
  const char *words;      /* N_; NULL: those of the rail */
  Rail  rail;             /* a page of the rail: its words, its address, who sees it */
  const char *href;       /* where it leads if nothing to press stands on the page; "" */
  const char *press;      /* id of the link, button or field; "": nothing, or desk.js does it itself (next, previous, open) */
  const char *write;      /* without scripts: this form of the conversation; "" */
  const char *icon;
} DeskKey;
extern const DeskKey desk_keys[];              /* ended by name NULL */

/* A row as one person has it. */
typedef struct { const DeskKey *key; Str now, words, href; } KeyShown;
typedef struct { KeyShown *at; size_t n; } KeysShown;

Str keys_group(const Lang *, KeyGroup);
/* The key of a row, with what the person changed (Habit.keys); "" for none. */
Str key_now(const DeskKey *, Str changed);
/* All rows this person gets, in the order of the table. */
KeysShown keys_shown(Arena *, const Lang *, const Shell *);
/* What was typed as a key: one character, or "g" and one; blanks and case evened out. false: no key. "" is one: none. */
bool key_read(Arena *, Str typed, Str *ret);
/* Whether two rows with these keys would mean two things in one place. List, conversation and rail stand on one page: the inbox. */
bool keys_clash(Str a_now, Str b_now);
/* As people read it: "G", "I". Calls for each part: Str rest = now; while (key_part(arena, &rest, &part)) … */
bool key_part(Arena *, Str *rest, Str *part);
#endif
