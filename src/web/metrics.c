/* web/metrics.c: a few atomic counters. */
#include "web/metrics.h"
#include <stdatomic.h>

static const int64_t edges[] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000 };   /* µs */
static struct {
  atomic_ullong answers[6], within[COUNT(edges)], seconds_us, bytes_in, bytes_out;
} counts;

void metrics_count(int status, int64_t micros) {
  size_t class = status >= 100 && status < 600 ? (size_t)status / 100 : 0;
  atomic_fetch_add_explicit(&counts.answers[class], 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&counts.seconds_us, (unsigned long long)micros, memory_order_relaxed);
  for (size_t i = 0; i < COUNT(edges); i++)
    if (micros <= edges[i]) { atomic_fetch_add_explicit(&counts.within[i], 1, memory_order_relaxed); break; }
}

void metrics_bytes(size_t in, size_t out) {
  atomic_fetch_add_explicit(&counts.bytes_in, in, memory_order_relaxed);
  atomic_fetch_add_explicit(&counts.bytes_out, out, memory_order_relaxed);
}

void metrics_write(Buf *b) {
  unsigned long long all = 0, below = 0;
  buf_add(b, S("# HELP cornerdesk_http_answers_total Answers by class of status.\n# TYPE cornerdesk_http_answers_total counter\n"));
  for (size_t i = 1; i < COUNT(counts.answers); i++) {
    unsigned long long n = atomic_load(&counts.answers[i]);
    all += n;
    buf_fmt(b, "cornerdesk_http_answers_total{class=\"%zuxx\"} %llu\n", i, n);
  }
  buf_add(b, S("# HELP cornerdesk_http_seconds Time from the headers to the answer.\n# TYPE cornerdesk_http_seconds histogram\n"));
  for (size_t i = 0; i < COUNT(edges); i++)
    buf_fmt(b, "cornerdesk_http_seconds_bucket{le=\"%g\"} %llu\n", (double)edges[i] / SECOND, below += atomic_load(&counts.within[i]));
  buf_fmt(b, "cornerdesk_http_seconds_bucket{le=\"+Inf\"} %llu\ncornerdesk_http_seconds_sum %.6f\ncornerdesk_http_seconds_count %llu\n",
          all, (double)atomic_load(&counts.seconds_us) / SECOND, all);
  buf_fmt(b, "# TYPE cornerdesk_http_bytes_total counter\ncornerdesk_http_bytes_total{way=\"in\"} %llu\ncornerdesk_http_bytes_total{way=\"out\"} %llu\n",
          atomic_load(&counts.bytes_in), atomic_load(&counts.bytes_out));
}
