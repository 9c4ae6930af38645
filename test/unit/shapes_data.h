/* What test/unit/ct/shapes.html is drawn from. */
#ifndef SHAPES_DATA_H
#define SHAPES_DATA_H
#include "text/view.h"
typedef struct { Str str; const char *z; Html html; int64_t n; double d; bool on; } Shapes;
#endif
