/* web/metrics.h: what /metrics counts of HTTP. Counters only go up; any thread. */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H
#include "base/base.h"

void metrics_count(int status, int64_t micros);    /* one answer, and how long it took from its headers on */
void metrics_bytes(size_t in, size_t out);
void metrics_write(Buf *);                         /* Prometheus text, version 0.0.4 */
#endif
