/* desk/figure.h: the measures of the desk by name, over the requests the viewer may see. Being built. */
#ifndef DESK_FIGURE_H
#define DESK_FIGURE_H
#include "measure/figure.h"
#include "store/db.h"
#endif
