/* web/pages/keys.h: what the pages of keys are drawn from. */
#ifndef WEB_PAGES_KEYS_H
#define WEB_PAGES_KEYS_H
#include "web/keys.h"
#include "web/parts.h"

typedef struct {
  KeysShown shown;
  Habit habit;                   /* as it is, or as it was typed */
  Str *typed;                    /* of each row shown, what stands in its field */
  const Pairs *wrong;
  Str done;                      /* "" */
} KeysPage;

typedef struct {
  KeysShown shown;
  Str at, ref;                   /* the page they came from; the conversation on it, "" if there was none */
} Commands;

/* Where an action of a page leads without scripts: the form that it opens, or the place on that page where its button stands. */
Str key_link(Arena *, const KeyShown *, Str at);
#endif
