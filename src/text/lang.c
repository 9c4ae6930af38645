/* text/lang.c: see lang.h. Catalogues are .mo files built into the program (ui/locale); all is constant, so threads share it. */
#include "text/lang.h"
#include <endian.h>
#include "catalogues.h"
#include "text/plural.h"

struct Lang { const char *tag, *name; const Str *mo; bool rtl, pseudo; };

/* A language: a row here, its name in itself, and ui/locale/TAG.po in ui/locale/meson.build. */
static const Lang langs[] = {
  { "en", "English",    NULL,   false, false },
  { "nl", "Nederlands", &mo_nl, false, false },
  { "de", "Deutsch",    &mo_de, false, false },
  { "fr", "Français",   &mo_fr, false, false },
  { "es", "Español",    &mo_es, false, false },
  { "pt", "Português",  &mo_pt, false, false },
  { "ar", "العربية",    &mo_ar, true,  false },
  { "en-XA", "English, accented", &mo_en_XA, false, true },
  { "ar-XB", "English, mirrored", &mo_ar_XB, true,  true },
};

static const Lang *lang_of(const Lang *l) { return l ? l : &langs[0]; }
Str  lang_tag(const Lang *l)        { return str_z(lang_of(l)->tag); }
Str  lang_name(const Lang *l)       { return str_z(lang_of(l)->name); }
bool lang_rtl(const Lang *l)        { return lang_of(l)->rtl; }
bool lang_is_pseudo(const Lang *l)  { return lang_of(l)->pseudo; }
size_t lang_count(void)             { return sizeof langs / sizeof langs[0]; }
const Lang *lang_at(size_t i)       { return &langs[i]; }

const Lang *lang_new(Arena *a, Str tag, Str mo, bool rtl) {
  Lang *l = NEW(a, Lang);
  Str *held = NEW(a, Str);
  *held = mo;
  *l = (Lang){ .tag = str_cstr(a, tag), .name = str_cstr(a, tag), .mo = held, .rtl = rtl };
  return l;
}

/* ── choosing ── */
static const Lang *exact(Str tag) {
  for (size_t i = 0; i < lang_count(); i++) if (str_ieq(str_z(langs[i].tag), tag)) return &langs[i];
  return NULL;
}

/* RFC 4647 3.4: the range, then without its last subtag, and so on; a single letter goes with what follows it. */
static const Lang *lookup(Str range) {
  while (range.n) {
    const Lang *l = exact(range);
    if (l) return l;
    Str head, tail;
    if (!str_cut_last(range, '-', &head, &tail)) return NULL;
    range = head;
    if (range.n >= 2 && range.p[range.n - 2] == '-') range.n -= 2;
  }
  return NULL;
}

/* Thousandths; RFC 9110 12.4.2: "0.8", "1", "0.123". What is no weight counts as 0. */
static int weight(Str params) {
  Str name, value;
  params = str_trim(params);
  if (!params.n) return 1000;
  str_cut(params, '=', &name, &value);
  double q = 0;
  if (!str_ieq(str_trim(name), S("q")) || !str_double(str_trim(value), &q)) return 0;
  return q < 0 ? 0 : q > 1 ? 1000 : (int)(q * 1000 + 0.5);
}

const Lang *lang_find(Str header) {
  const Lang *best = NULL;
  int best_q = 0;
  header = str_head(header, 1000);
  while (header.n) {
    Str item, range, params;
    str_cut(header, ',', &item, &header);
    str_cut(item, ';', &range, &params);
    int q = weight(params);
    const Lang *l = q > best_q ? lookup(str_trim(range)) : NULL;
    if (l) { best = l; best_q = q; }
  }
  return lang_of(best);
}

/* ── looking up ── */
static uint32_t word(Str mo, size_t at) {
  uint32_t v = 0;
  if (at + 4 <= mo.n) memcpy(&v, mo.p + at, 4);
  return le32toh(v);
}

/* Row i of the table at "table"; empty if the file is cut short. Each string has a NUL after it, not counted. */
static Str entry(Str mo, uint32_t table, uint32_t i) {
  uint32_t n = word(mo, (size_t)table + 8 * (size_t)i), at = word(mo, (size_t)table + 8 * (size_t)i + 4);
  return (size_t)at + n < mo.n ? (Str){ mo.p + at, n } : S("");
}

/* Order of msgids: bytewise, up to the first NUL (after that stands the plural). */
static int compare(Str key, Str id) {
  const char *end = id.n ? memchr(id.p, 0, id.n) : NULL;
  return str_cmp(key, end ? (Str){ id.p, (size_t)(end - id.p) } : id);
}

static Str find(const Lang *l, Str key) {
  if (!l || !l->mo || l->mo->n < 28 || word(*l->mo, 0) != 0x950412de) return S("");
  Str mo = *l->mo;
  uint32_t ids = word(mo, 12), words = word(mo, 16);
  for (uint32_t low = 0, high = word(mo, 8); low < high; ) {
    uint32_t mid = low + (high - low) / 2;
    int c = compare(key, entry(mo, ids, mid));
    if (!c) return entry(mo, words, mid);
    if (c < 0) high = mid; else low = mid + 1;
  }
  return S("");
}

Str tr(const Lang *l, const char *msgid) {
  Str found = find(l, str_z(msgid));
  return found.n ? found : str_z(msgid);
}

Str tr_c(const Lang *l, const char *context, const char *msgid) {
  char key[512];
  size_t c = strlen(context), m = strlen(msgid);
  if (c + 1 + m > sizeof key) return str_z(msgid);
  memcpy(key, context, c);
  key[c] = '\004';
  memcpy(key + c + 1, msgid, m);
  Str found = find(l, (Str){ key, c + 1 + m });
  return found.n ? found : str_z(msgid);
}

Str trn(const Lang *l, const char *one, const char *many, int64_t n) {
  uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
  Str forms = find(l, str_z(one));
  size_t want = forms.n ? plural_form(find(l, S("")), size) : 0;
  for (; forms.n; want--) {
    Str form, others;
    str_cut(forms, 0, &form, &others);
    if (!want && form.n) return form;
    forms = others;
  }
  return str_z(size == 1 ? one : many);
}

/* ── places ── */
size_t tr_place(Str words, size_t i, size_t *next, size_t *ret_which) {
  Str s = str_from(words, i);
  if (s.n < 2 || s.p[0] != '%') return 0;
  if (s.p[1] == '%') { *ret_which = SIZE_MAX; return 2; }
  if (s.p[1] == 's') { *ret_which = (*next)++; return 2; }
  if (s.n >= 4 && s.p[1] >= '1' && s.p[1] <= '9' && s.p[2] == '$' && s.p[3] == 's') { *ret_which = (size_t)(s.p[1] - '1'); return 4; }
  return 0;
}

Str tr_fill(Arena *a, Str w, const Str *args, size_t n) {
  Buf b = { .arena = a };
  size_t next = 0;
  for (size_t i = 0; i < w.n; ) {
    size_t which, len = tr_place(w, i, &next, &which);
    if (!len) { buf_char(&b, w.p[i++]); continue; }
    if (which == SIZE_MAX) buf_char(&b, '%');
    else if (which < n) buf_add(&b, args[which]);
    i += len;
  }
  return buf_str(&b);
}
