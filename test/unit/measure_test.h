/* test/unit/measure_test.h: numbers that agree to 1e-6, the tolerance of the golden answers. */
#ifndef MEASURE_TEST_H
#define MEASURE_TEST_H
#include <math.h>
#include <stdio.h>
#include "test.h"

#define NEAR(got, want)          near_at((got), (want), #got, __FILE__, __LINE__)
#define NEAR_AT(line, got, want) near_at((got), (want), #got, __FILE__, (line))
static inline void near_at(double got, double want, const char *what, const char *file, int line) {
  if (fabs(got - want) <= 1e-6 * fmax(1, fabs(want))) return;
  print_error("  %s\n  got  %.15g\n  want %.15g\n", what, got, want);
  _fail(file, line);
}
#endif
