/* text/html_depth.c: see html_depth.h. */
#include "text/html_depth.h"

enum { NODE_BYTES = 256, WORK_MAX = 32 * 1024 * 1024, ALIKE = 3 };     /* ALIKE: the "Noah's Ark clause" */

static bool barrier(const HtmlTag *t) {
  return html_tag_is(t, "table") || html_tag_is(t, "td") || html_tag_is(t, "th") || html_tag_is(t, "caption");
}

static void cut_add(HtmlDepth *d, const HtmlTag *t) {
  size_t same = 0;
  for (size_t i = 0; i < d->n_cut; i++) same += d->cut[i] == t;
  if (same < ALIKE && d->n_cut < sizeof d->cut / sizeof *d->cut) d->cut[d->n_cut++] = t;
}

/* Closed by the end of what they are in, without a tag of their own. */
static bool ends_by_itself(const HtmlTag *t) { return t->is & (TAG_TABLE | TAG_LIST) || html_tag_is(t, "p"); }

/* Closes everything above the first n; formatting elements among it will open again, but not the one that is meant. */
static void pop_to(HtmlDepth *d, size_t n, const HtmlTag *meant) {
  while (d->n > n) {
    const HtmlTag *t = d->open[--d->n];
    d->crooked = d->crooked || (t != meant && !ends_by_itself(t));
    if (t->is & TAG_FORMAT && t != meant) cut_add(d, t);
  }
}

static void push(HtmlDepth *d, const HtmlTag *t) {
  if (d->n == CAP_HTML_DEPTH) d->over = true;
  else d->open[d->n++] = t;
}

static void push_name(HtmlDepth *d, const char *name) { push(d, html_tag(str_z(name))); }

/* Place of the nearest open t, looking down to the nearest barrier (or through tables if far); SIZE_MAX: none. */
static size_t find(const HtmlDepth *d, const HtmlTag *t, bool far) {
  for (size_t i = d->n; i-- > 0;) {
    if (d->open[i] == t) return i;
    if (!far && barrier(d->open[i])) return SIZE_MAX;
  }
  return SIZE_MAX;
}

static size_t find_name(const HtmlDepth *d, const char *name, bool far) { return find(d, html_tag(str_z(name)), far); }

void html_depth_text(HtmlDepth *d) {
  size_t n = d->n_cut;
  d->n_cut = 0;
  d->work += n * (NODE_BYTES + d->dearest);
  if (d->work > WORK_MAX) d->over = true;
  for (size_t i = 0; i < n; i++) push(d, d->cut[i]);
}

static void close_paragraph(HtmlDepth *d) {
  size_t p = find_name(d, "p", false);
  if (p != SIZE_MAX) pop_to(d, p, NULL);
}

static void open_list_part(HtmlDepth *d, const HtmlTag *t) {
  for (size_t i = d->n; i-- > 0;) {
    const HtmlTag *o = d->open[i];
    bool same = o == t || (o->is & t->is & TAG_LIST && !html_tag_is(o, "li") && !html_tag_is(t, "li"));
    if (same) { pop_to(d, i, NULL); break; }
    bool through = html_tag_is(o, "div") || html_tag_is(o, "p") || html_tag_is(o, "address");
    if ((o->is & (TAG_BLOCK | TAG_TABLE)) && !through) break;
  }
}

/* Parts of a table close what is open inside the part they follow; outside a table they are not there at all. */
static bool open_table_part(HtmlDepth *d, const HtmlTag *t) {
  size_t table = find_name(d, "table", true);
  if (table == SIZE_MAX) return false;
  bool cell = html_tag_is(t, "td") || html_tag_is(t, "th"), row = html_tag_is(t, "tr");
  size_t keep = table + 1;
  while (keep < d->n && (cell || row)) {
    const HtmlTag *o = d->open[keep];
    bool group = html_tag_is(o, "tbody") || html_tag_is(o, "thead") || html_tag_is(o, "tfoot");
    if (!group && !(cell && html_tag_is(o, "tr"))) break;
    keep++;
  }
  pop_to(d, keep, NULL);
  if ((cell || row) && keep == table + 1) push_name(d, "tbody");
  if (cell && !html_tag_is(d->open[d->n - 1], "tr")) push_name(d, "tr");
  return true;
}

static bool heading(const HtmlTag *t) { return t->name.n == 2 && t->name.p[0] == 'h' && t->name.p[1] != 'r'; }

bool html_depth_needs_cell(const HtmlDepth *d) {
  const HtmlTag *top = d->n ? d->open[d->n - 1] : NULL;
  return top && (html_tag_is(top, "table") || (top->is & TAG_TABLE && !barrier(top)));
}

bool html_depth_open(HtmlDepth *d, const HtmlTag *t, size_t attr_bytes) {
  if (t->is & TAG_FORMAT && attr_bytes > d->dearest) d->dearest = attr_bytes;
  if (t->is & TAG_TABLE) {
    bool inside = open_table_part(d, t);
    if (inside) push(d, t);
    return inside;
  }
  if (t->is & TAG_LIST) open_list_part(d, t);
  if (t->is & TAG_BLOCK) close_paragraph(d);
  else html_depth_text(d);
  if (html_tag_is(t, "a") && html_depth_close(d, t)) d->crooked = true;    /* a link ends the one before */
  if (heading(t)) for (size_t i = 0; i < d->n; i++) d->crooked = d->crooked || heading(d->open[i]);
  if (!(t->is & TAG_VOID)) push(d, t);
  return true;
}

/* The "adoption agency": the element goes, blocks inside it stay open. */
static bool close_format(HtmlDepth *d, const HtmlTag *t) {
  size_t at = find(d, t, false), blocks = 0;
  for (size_t i = 0; i < d->n_cut && at == SIZE_MAX; i++)
    if (d->cut[i] == t) { d->cut[i] = d->cut[--d->n_cut]; return true; }
  if (at == SIZE_MAX) return false;
  for (size_t i = at; i < d->n; i++) blocks += (d->open[i]->is & TAG_BLOCK) != 0;
  if (!blocks) { pop_to(d, at, t); return true; }
  d->crooked = true;
  if (blocks > 7) return true;                                   /* the algorithm gives up too */
  memmove(&d->open[at], &d->open[at + 1], (d->n - at - 1) * sizeof *d->open);
  d->n--;
  return true;
}

static bool between(const HtmlDepth *d, size_t at, unsigned is) {
  for (size_t i = at + 1; i < d->n; i++) if (d->open[i]->is & is) return true;
  return false;
}

bool html_depth_close(HtmlDepth *d, const HtmlTag *t) {
  if (t->is & TAG_VOID) return false;
  if (t->is & TAG_FORMAT) return close_format(d, t);
  bool far = t->is & TAG_TABLE || html_tag_is(t, "table");
  size_t at = find(d, t, far);
  if (at == SIZE_MAX) return false;
  if (t->is & TAG_TABLE)
    for (size_t i = at + 1; i < d->n; i++) if (html_tag_is(d->open[i], "table")) return false;   /* an inner table stands between */
  if (!(t->is & (TAG_BLOCK | TAG_TABLE)) && between(d, at, TAG_BLOCK | TAG_TABLE)) return false;
  pop_to(d, at, t);
  return true;
}
