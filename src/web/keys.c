/* web/keys.c: the table of keys; see keys.h. */
#include "web/keys.h"
#include "text/lang.h"

#define GO(name, key, rail) { name, key, "", HERE_ALL, KEYS_GO, NULL, rail, "", "", "", "arrow-right" }

const DeskKey desk_keys[] = {
  { "next",     "j", "",      HERE_LIST, KEYS_MOVE, N_("Next in the list"),     RAIL_NONE, "", "", "", "list" },
  { "previous", "k", "",      HERE_LIST, KEYS_MOVE, N_("Previous in the list"), RAIL_NONE, "", "", "", "list" },
  { "open",     "o", "Enter", HERE_LIST, KEYS_MOVE, N_("Open"),                 RAIL_NONE, "", "", "", "arrow-right" },
  { "back",     "u", "Esc",   HERE_TALK, KEYS_MOVE, N_("Back to the list"),     RAIL_NONE, "", "k-back", "", "list" },
  { "after",    "]", "",      HERE_TALK, KEYS_MOVE, N_("Next conversation"),    RAIL_NONE, "", "k-after", "", "arrow-right" },
  { "before",   "[", "",      HERE_TALK, KEYS_MOVE, N_("Previous conversation"), RAIL_NONE, "", "k-before", "", "arrow-left" },

  { "reply",   "r", "", HERE_TALK, KEYS_ANSWER, N_("Reply"),                   RAIL_NONE, "", "k-reply", "reply", "reply" },
  { "note",    "n", "", HERE_TALK, KEYS_ANSWER, N_("Note for the team"),       RAIL_NONE, "", "k-note", "note", "sticky-note" },
  { "promise", "p", "", HERE_TALK, KEYS_ANSWER, N_("Promise: what and when"),  RAIL_NONE, "", "k-promise", "promise", "handshake" },
  { "answer",  "e", "Ctrl Shift Enter", HERE_TALK, KEYS_ANSWER, N_("Send as the answer"), RAIL_NONE, "", "k-answer", "reply", "package-check" },
  { "send",    "",  "Ctrl Enter", HERE_TALK, KEYS_ANSWER, N_("Send"),          RAIL_NONE, "", "k-send", "", "send" },

  { "assign", "a", "", HERE_TALK, KEYS_SORT, N_("Assign"),         RAIL_NONE, "", "k-assign", "", "user-round" },
  { "move",   "m", "", HERE_TALK, KEYS_SORT, N_("Move to a team"), RAIL_NONE, "", "k-move", "", "corner-up-right" },
  { "tag",    "t", "", HERE_TALK, KEYS_SORT, N_("Tag"),            RAIL_NONE, "", "k-tag", "", "tag" },
  { "snooze", "h", "", HERE_TALK, KEYS_SORT, N_("Snooze"),         RAIL_NONE, "", "k-snooze", "", "moon" },
  { "more",   ".", "", HERE_TALK, KEYS_SORT, N_("More for this one"), RAIL_NONE, "", "k-more", "", "ellipsis" },
  { "page",   "",  "", HERE_TALK, KEYS_SORT, N_("Open as a page"), RAIL_NONE, "", "k-page", "", "arrow-right" },

  GO("go-court", "g i", RAIL_COURT), GO("go-promised", "g m", RAIL_PROMISED), GO("go-team", "g t", RAIL_TEAM),
  GO("go-waiting", "g w", RAIL_WAITING), GO("go-snoozed", "g s", RAIL_SNOOZED),
  { "go-done", "g d", "", HERE_ALL, KEYS_GO, N_("Done"), RAIL_NONE, "/inbox?list=done", "", "", "check" },
  GO("go-floor", "g f", RAIL_FLOOR), GO("go-journeys", "g j", RAIL_JOURNEYS), GO("go-moments", "g b", RAIL_MOMENTS),
  GO("go-measures", "", RAIL_MEASURES), GO("go-customers", "g c", RAIL_CUSTOMERS), GO("go-proximity", "", RAIL_PROXIMITY),
  GO("go-instruments", "", RAIL_INSTRUMENTS), GO("go-worth", "", RAIL_WORTH), GO("go-ask", "", RAIL_ASK),
  GO("go-settings", "", RAIL_SETTINGS), GO("go-mail", "", RAIL_MAIL_LOG), GO("go-outbox", "", RAIL_OUTBOX), GO("go-people", "", RAIL_PEOPLE),

  { "commands", "", "Ctrl K", HERE_ALL, KEYS_ANYWHERE, NULL, RAIL_COMMANDS, "", "", "", "list" },
  { "search", "/", "", HERE_ALL, KEYS_ANYWHERE, NULL, RAIL_SEARCH, "", "q", "", "search" },
  { "new",    "c", "", HERE_ALL, KEYS_ANYWHERE, N_("New conversation"), RAIL_NEW, "", "", "", "square-pen" },
  { "me",     "g y", "", HERE_ALL, KEYS_ANYWHERE, N_("You and this desk"), RAIL_NONE, "/me", "", "", "user-round" },
  { "undo",   "z", "", HERE_LIST, KEYS_ANYWHERE, N_("Undo"), RAIL_NONE, "", "k-undo", "", "undo-2" },
  { "keys",   "?", "", HERE_ALL, KEYS_ANYWHERE, N_("These keys"), RAIL_NONE, "/keys", "", "", "key-round" },
  { 0 }
};

Str keys_group(const Lang *l, KeyGroup g) {
  static const char *const words[KEYS_GROUPS] = { N_("Move"), N_("Answer"), N_("Sort out"), N_("Go to"), N_("Anywhere") };
  return tr(l, words[g]);
}

Str key_now(const DeskKey *k, Str changed) {
  Str line, name, now;
  while (changed.n) {
    line = str_line(&changed);
    str_cut(line, ' ', &name, &now);
    if (str_eq(name, str_z(k->name))) return now;
  }
  return str_z(k->key);
}

KeysShown keys_shown(Arena *a, const Lang *l, const Shell *s) {
  size_t n = 0;
  while (desk_keys[n].name) n++;
  KeysShown ret = { .at = NEW_N(a, KeyShown, n) };
  for (const DeskKey *k = desk_keys; k->name; k++) {
    const RailItem *page = k->rail ? shell_item(s, k->rail) : NULL;
    if (k->rail && !page) continue;
    ret.at[ret.n++] = (KeyShown){ .key = k, .now = key_now(k, s->habit.keys), .words = k->words ? tr(l, k->words) : shell_label(l, k->rail),
                                  .href = page ? str_z(page->href) : str_z(k->href) };
  }
  return ret;
}

bool key_read(Arena *a, Str typed, Str *ret) {
  Str key = str_lower(a, str_trim(typed)), first, second;
  *ret = key;
  if (!key.n) return true;
  bool two = str_cut(key, ' ', &first, &second);
  if (two && !str_eq(first, S("g"))) return false;
  Str one = two ? str_trim(second) : key;
  if (str_utf8_len(one) != 1 || (unsigned char)one.p[0] <= ' ' || one.p[0] == 127 || (!two && str_eq(one, S("g")))) return false;
  if (two) *ret = str_cat(a, S("g "), one);
  return true;
}

bool keys_clash(Str a_now, Str b_now) { return a_now.n && str_eq(a_now, b_now); }

bool key_part(Arena *a, Str *rest, Str *part) {
  if (!rest->n) return false;
  str_cut(*rest, ' ', part, rest);
  if (part->n == 1 && part->p[0] >= 'a' && part->p[0] <= 'z') *part = str_fmt(a, "%c", part->p[0] - 32);
  return true;
}
