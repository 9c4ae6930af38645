/* The table of measures against itself and against doc/measures.md: what is measured is written down, in the same words. */
#include <stdio.h>
#include "desk/measures.h"
#include "test.h"

static Str file(Arena *a, const char *path) {
  FILE *f = fopen(path, "rb");
  MUST(f != NULL);
  Buf b = { .arena = a };
  char some[4096];
  for (size_t n; (n = fread(some, 1, sizeof some, f)) > 0;) buf_add(&b, (Str){ some, n });
  fclose(f);
  return buf_str(&b);
}

/* As the document has it. */
static Str section(Arena *a, const Measure *m) {
  static const char *const days[] = { "the first words of a person", "the verdict", "the end", "now, 90 days back" };
  static const char *const kinds[] = { "share", "median", "score", "index", "count" };
  Buf b = { .arena = a };
  buf_fmt(&b, "### %s\n%s %s\n\n", m->name, m->label, m->question);
  buf_fmt(&b, "- Formula: %s\n- Source: %s\n", m->formula, m->source);
  buf_fmt(&b, "- %s, viewpoint %s, dated by %s; %s is better; ", kinds[m->kind], eyes_name(m->eyes).p, days[m->day], m->less ? "less" : "more");
  if (m->pair) buf_fmt(&b, "beside it `%s`\n", m->pair); else buf_fmt(&b, "stands by itself\n");
  return buf_str(&b);
}

TEST(every_measure_is_written_down) {
  Str doc = file(a, DOC);
  size_t missing = 0;
  for (const Measure *m = measures; m->name; m++) {
    Str want = section(a, m);
    size_t at = str_find(doc, want);
    if (at == SIZE_MAX) { printf("%.*s- Shown: \n\n", STR_ARG(want)); missing++; continue; }
    Str rest = str_from(doc, at + want.n);
    if (!str_starts(rest, S("- Shown: "))) { printf("%s: where is it shown?\n", m->name); missing++; }
  }
  INT(missing, 0);
}

TEST(nothing_is_written_down_that_is_not_measured) {
  Str doc = file(a, DOC), line, head = S("### ");
  size_t end = str_find(doc, S("\n## Figures of no measure"));
  MUST(end != SIZE_MAX);
  doc = str_head(doc, end);
  for (size_t n = 0; doc.n; n++) {
    line = str_line(&doc);
    if (str_starts(line, head)) MUST(measure_find(str_from(line, head.n)) != NULL);
  }
}

TEST(ours_is_never_without_theirs) {
  for (const Measure *m = measures; m->name; m++) {
    const Measure *pair = m->pair ? measure_find(str_z(m->pair)) : NULL;
    MUST(!m->pair || pair);
    MUST(measure_find(str_z(m->name)) == m);                 /* each name once */
    if (m->eyes != EYES_AGENT) continue;
    MUST(pair && pair->eyes != EYES_AGENT);
    bool shown = false;                                      /* on the page of measures it stands beside one of theirs */
    for (const Measure *x = measures; x->name; x++) shown |= x->eyes != EYES_AGENT && x->pair && str_eq(str_z(x->pair), str_z(m->name));
    MUST(shown);
  }
}
