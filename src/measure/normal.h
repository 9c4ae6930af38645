/* measure/normal.h: the normal distribution, for stock levels and for intervals at other levels than 95 %. */
#ifndef MEASURE_NORMAL_H
#define MEASURE_NORMAL_H

double normal_density(double x);
double normal_below(double x);             /* P(Z <= x) */
double normal_quantile(double p);          /* the x with normal_below(x) = p, 0 < p < 1; absolute error below 1e-12 for p in [1e-12, 1 - 1e-12] */
#endif
