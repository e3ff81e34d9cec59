/* Time and percentiles. */
#ifndef FIGURES_H
#define FIGURES_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct series { uint32_t *us10; size_t len, cap; };   /* tenths of a microsecond */

static inline uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
}

static inline void keep(struct series *s, uint64_t ns) {
    if (s->len == s->cap) s->us10 = realloc(s->us10, (s->cap = s->cap ? 2 * s->cap : 65536) * sizeof *s->us10);
    s->us10[s->len++] = ns > 400000000000u ? UINT32_MAX : ns / 100;
}

static int by_size(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static inline double percentile(const struct series *s, double p) {
    size_t i = (size_t)(p * s->len);
    return s->us10[i < s->len ? i : s->len - 1] / 10.0;
}

static inline void print_series(const char *name, struct series *s) {
    if (!s->len) return;
    qsort(s->us10, s->len, sizeof *s->us10, by_size);
    printf(",\"%s\":{\"n\":%zu,\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f}", name, s->len,
        percentile(s, .5), percentile(s, .99), percentile(s, .999), percentile(s, 1));
}
#endif
