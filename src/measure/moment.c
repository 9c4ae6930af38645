/* measure/moment.c: three numbers of a list, and a fit of three weights by the normal equations. */
#include "measure/moment.h"
#include <assert.h>
#include <math.h>

Remembered moment_remembered(const double *r, size_t n, RememberWeights w) {
  assert(n > 0);
  Remembered m = { .worst = sample_least(r, n), .end = r[n - 1], .mean = sample_mean(r, n) };
  m.peak_end = (m.worst + m.end) / 2;
  m.remembered = w.worst * m.worst + w.end * m.end + w.mean * m.mean;
  return m;
}

/* Inverse of a symmetric positive 3 x 3 matrix, by cofactors; false if it is as good as singular. */
static bool inverse(double m[3][3], double ret[3][3]) {
  double det = 0, scale = 1;
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) {
      int a = (i + 1) % 3, b = (i + 2) % 3, c = (j + 1) % 3, d = (j + 2) % 3;
      ret[j][i] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
    }
    scale *= m[i][i];
  }
  for (int j = 0; j < 3; j++) det += m[0][j] * ret[j][0];
  if (!(fabs(det) > 1e-12 * scale)) return false;
  for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) ret[i][j] /= det;
  return true;
}

bool moment_fit(const RememberedPair *p, size_t n, RememberWeights *ret, Interval ci[3], bool *ret_fitted) {
  double xx[3][3] = { 0 }, xy[3] = { 0 }, inv[3][3], w[3] = { 0 }, rest = 0;
  *ret = REMEMBER_DEFAULT;
  *ret_fitted = false;
  if (n < REMEMBER_FIT_LEAST) return false;
  for (size_t k = 0; k < n; k++) {
    const double x[3] = { p[k].worst, p[k].end, p[k].mean };
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) xx[i][j] += x[i] * x[j];
      xy[i] += x[i] * p[k].score;
    }
  }
  if (!inverse(xx, inv)) return false;
  for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) w[i] += inv[i][j] * xy[j];
  for (size_t k = 0; k < n; k++) rest += pow(p[k].score - w[0] * p[k].worst - w[1] * p[k].end - w[2] * p[k].mean, 2);
  const double defaults[3] = { ret->worst, ret->end, ret->mean };
  bool outside = false;
  for (int i = 0; i < 3; i++) {
    double half = Z95 * sqrt(rest / (double)(n - 3) * inv[i][i]);
    ci[i] = (Interval){ w[i] - half, w[i] + half };
    outside |= defaults[i] < ci[i].lo || defaults[i] > ci[i].hi;
  }
  *ret_fitted = true;
  if (outside) *ret = (RememberWeights){ w[0], w[1], w[2] };
  return outside;
}

unsigned moment_bad(const Moment *m) {
  return (m->satisfaction >= 1 && m->satisfaction <= 2 ? BAD_UNSATISFIED : 0u) | (m->ease >= 1 && m->ease <= 3 ? BAD_HARD : 0u) |
         (m->promise_broken ? BAD_BROKEN : 0u) | (m->not_yet >= 2 ? BAD_NOT_YET : 0u) | (m->repeated >= 2 ? BAD_REPEATED : 0u);
}

bool moment_recovered(double next_verdict, double own_bar) { return next_verdict >= own_bar; }
