/* base/base.h: what nearly every file needs, in one line. */
#ifndef BASE_BASE_H
#define BASE_BASE_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/cx.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#endif
