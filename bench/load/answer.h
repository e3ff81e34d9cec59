/* Reads one HTTP/1.1 answer piece by piece and reports the time marks in its text. */
#ifndef ANSWER_H
#define ANSWER_H
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEAD, SIZED, UNTIL_CLOSE, CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILER };
enum { LINE = 4096 };

struct answer {
    int part, status, close, marks, done;
    long remain;
    uint64_t last_mark, last_received;
    int line_len;
    char line[LINE + 1];          /* the head while it is read, then the body's current line (cut at LINE) */
};

typedef void on_mark_fn(void *owner, uint64_t mark, uint64_t received);

static const char *answer_done_mark = "[DONE]";

static inline void answer_reset(struct answer *a) { memset(a, 0, offsetof(struct answer, line)); }

static inline int answer_ends_with_connection(const struct answer *a) { return a->part == UNTIL_CLOSE; }

static inline void answer_head(struct answer *a) {
    a->line[a->line_len] = 0;
    a->status = a->line_len > 12 ? atoi(a->line + 9) : -1;
    a->part = UNTIL_CLOSE;
    for (char *h = strstr(a->line, "\r\n"); h; h = strstr(h + 2, "\r\n")) {
        char *name = h + 2;
        if (!strncasecmp(name, "content-length:", 15)) { a->part = SIZED; a->remain = atol(name + 15); }
        else if (!strncasecmp(name, "transfer-encoding: chunked", 26)) { a->part = CHUNK_SIZE; break; }
    }
    a->close = strcasestr(a->line, "\r\nconnection: close") != NULL;
    a->line_len = 0;
}

static inline void answer_line(struct answer *a, uint64_t t, on_mark_fn *on_mark, void *owner) {
    a->line[a->line_len] = 0;
    char *m = memmem(a->line, a->line_len, "#T", 2);
    if (m) { a->marks++; on_mark(owner, strtoull(m + 2, NULL, 10), t); }
    else if (!a->done && a->line_len < 200 && strstr(a->line, answer_done_mark)) a->done = 1;
    a->line_len = 0;
}

static inline void answer_text(struct answer *a, const char *p, size_t n, uint64_t t, on_mark_fn *on_mark, void *owner) {
    while (n) {
        const char *nl = memchr(p, '\n', n);
        size_t k = nl ? (size_t)(nl - p) : n, room = LINE - a->line_len;
        memcpy(a->line + a->line_len, p, k < room ? k : room);
        a->line_len += k < room ? k : room;
        if (!nl) return;
        if (a->line_len) answer_line(a, t, on_mark, owner);
        p += k + 1;
        n -= k + 1;
    }
}

/* 1 = the answer is complete, 0 = more to come, -1 = not HTTP. */
static inline int answer_feed(struct answer *a, const char *p, size_t n, uint64_t t, on_mark_fn *on_mark, void *owner) {
    while (n || (a->part == SIZED && !a->remain)) {
        size_t k = n;
        switch (a->part) {
            case HEAD:
                if (a->line_len == LINE) return -1;
                a->line[a->line_len++] = *p;
                k = 1;
                if (*p == '\n' && a->line_len >= 4 && !memcmp(a->line + a->line_len - 4, "\r\n\r\n", 4)) answer_head(a);
                break;
            case SIZED:
            case CHUNK_DATA:
                if ((long)k > a->remain) k = a->remain;
                answer_text(a, p, k, t, on_mark, owner);
                a->remain -= k;
                if (a->remain) break;
                if (a->part == SIZED) { if (a->line_len) answer_line(a, t, on_mark, owner); return 1; }
                a->part = CHUNK_END;
                break;
            case UNTIL_CLOSE:
                answer_text(a, p, k, t, on_mark, owner);
                break;
            case CHUNK_SIZE: {           /* remain collects the digits, close to what strtol would do */
                k = 1;
                char ch = *p | 32;
                if (*p == '\n') { a->part = a->remain ? CHUNK_DATA : TRAILER; if (a->part == TRAILER) a->remain = 0; }
                else if (ch >= '0' && ch <= '9') a->remain = a->remain * 16 + ch - '0';
                else if (ch >= 'a' && ch <= 'f') a->remain = a->remain * 16 + ch - 'a' + 10;
                break;
            }
            case CHUNK_END:              /* CR LF after a chunk's data */
                k = 1;
                if (*p == '\n') a->part = CHUNK_SIZE;
                break;
            case TRAILER:                /* lines until an empty one; remain = the length of the current line */
                k = 1;
                if (*p == '\n' && !a->remain) { if (a->line_len) answer_line(a, t, on_mark, owner); return 1; }
                if (*p == '\n') a->remain = 0;
                else if (*p != '\r') a->remain++;
                break;
        }
        p += k;
        n -= k;
    }
    return 0;
}
#endif
