/* text/html_depth.h: how deep, and how dear, the HTML5 tree builder would go, told tag by tag before it is let loose.
   Why: the parser's time grows with nesting squared, and elements that were cut off open again at each paragraph.
   It follows the algorithm's stack of open elements (WHATWG HTML 13.2.6) for the elements of html_tag.h. */
#ifndef TEXT_HTML_DEPTH_H
#define TEXT_HTML_DEPTH_H
#include "text/caps.h"
#include "text/html_tag.h"

typedef struct {
  const HtmlTag *open[CAP_HTML_DEPTH];  size_t n;       /* the stack of open elements */
  const HtmlTag *cut[48];               size_t n_cut;   /* formatting elements to open again */
  size_t dearest;                                       /* most bytes of attributes on a formatting element */
  size_t work;                                          /* bytes spent on opening again */
  bool   over;                                          /* past a cap: do not parse */
  bool   crooked;                                       /* something was not well nested: the builder moves things about */
} HtmlDepth;

void html_depth_text(HtmlDepth *);
bool html_depth_open(HtmlDepth *, const HtmlTag *, size_t attr_bytes);   /* false: not here (a part of a table outside one) */
bool html_depth_close(HtmlDepth *, const HtmlTag *);                     /* false: nothing of that name is open */
bool html_depth_needs_cell(const HtmlDepth *);          /* in a table but in no cell: what comes now would be moved out */
#endif
