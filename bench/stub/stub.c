/* An upstream that speaks OpenAI Chat Completions, made to cost as little CPU as possible.
 *
 *   stub --port 9100 [--chunks 20] [--interval 20] [--first 0]
 *
 * One thread, one epoll, one heap of due streams. The answer's shape can be chosen per request by the model name:
 * `bench-200x20` = 200 content chunks, 20 ms apart; `bench-200x20-500` = the same, the first after 500 ms. A whole answer
 * (no "stream":true in the body) waits for the first-chunk delay only.
 *
 * Every answer and every content chunk carries `#T` and 19 digits in its text: CLOCK_MONOTONIC in ns just before the write.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { MAX_BODY = 64 << 20, KEEP_BUFFER = 2 << 20, MODEL = 64 };

struct conn {
    int fd;
    int heap_at;                  /* place in the heap of due connections, -1 = none */
    int streaming;                /* an SSE answer is under way */
    int answering;                /* any answer is under way: no further request is read until it ended */
    int writable;                 /* EPOLLOUT is asked for */
    char *in;                     /* bytes of the request under way */
    size_t len, cap;
    char *out;                    /* bytes the socket did not take yet */
    size_t out_len, out_cap;
    size_t head_len;              /* 0 = the head is not complete yet */
    long body_len;                /* Content-Length; -1 = chunked */
    size_t raw_at, plain_at;      /* chunked: next raw byte, end of the decoded body (decoded in place) */
    int bad;
    char model[MODEL];
    int chunks, sent, usage;
    uint64_t due, interval;
};

static int ep;
static struct conn **heap;
static int heap_len, heap_cap;
static int default_chunks = 20, default_interval = 20, default_first = 0;

static uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
}

/* ---- heap of connections by due time ---- */

static void heap_put(int at, struct conn *c) { heap[at] = c; c->heap_at = at; }

static void heap_sift(int at, struct conn *c) {
    while (at > 0 && heap[(at - 1) / 2]->due > c->due) { heap_put(at, heap[(at - 1) / 2]); at = (at - 1) / 2; }
    for (;;) {
        int child = 2 * at + 1;
        if (child >= heap_len) break;
        if (child + 1 < heap_len && heap[child + 1]->due < heap[child]->due) child++;
        if (heap[child]->due >= c->due) break;
        heap_put(at, heap[child]);
        at = child;
    }
    heap_put(at, c);
}

static void heap_add(struct conn *c) {
    if (heap_len == heap_cap) heap = realloc(heap, (heap_cap = heap_cap ? 2 * heap_cap : 1024) * sizeof *heap);
    heap_len++;
    heap_sift(heap_len - 1, c);
}

static void heap_remove(struct conn *c) {
    if (c->heap_at < 0) return;
    struct conn *last = heap[--heap_len];
    int at = c->heap_at;
    c->heap_at = -1;
    if (last != c) heap_sift(at, last);
}

/* ---- writing ---- */

static void watch(struct conn *c, int writable) {
    struct epoll_event e = {.events = EPOLLIN | (writable ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
    c->writable = writable;
}

static void drop(struct conn *c) {
    heap_remove(c);
    close(c->fd);
    free(c->in);
    free(c->out);
    free(c);
}

/* Writes or queues; -1 = the peer is gone. */
static int put(struct conn *c, const char *p, size_t n) {
    if (!c->out_len) {
        ssize_t w = send(c->fd, p, n, MSG_NOSIGNAL);
        if (w < 0 && errno != EAGAIN) return -1;
        if (w == (ssize_t)n) return 0;
        if (w > 0) { p += w; n -= w; }
    }
    if (c->out_len + n > c->out_cap) c->out = realloc(c->out, c->out_cap = 2 * (c->out_len + n));
    memcpy(c->out + c->out_len, p, n);
    c->out_len += n;
    if (!c->writable) watch(c, 1);
    return 0;
}

static int put_rest(struct conn *c) {
    ssize_t w = send(c->fd, c->out, c->out_len, MSG_NOSIGNAL);
    if (w < 0) return errno == EAGAIN ? 0 : -1;
    memmove(c->out, c->out + w, c->out_len -= w);
    if (!c->out_len) watch(c, 0);
    return 0;
}

/* ---- the answers ---- */

static const char FILLER[] =
    "The quick brown fox jumps over the lazy dog and then rests in the shade of an old oak tree, thinking about the road "
    "ahead. A gateway adds little when it reads once, writes once and waits for nobody. ";

static int whole_answer(struct conn *c) {
    char text[900], body[1600], all[2000];
    int t = snprintf(text, sizeof text, "#T%019llu ", (unsigned long long)now_ns());
    while (t < 700) t += snprintf(text + t, sizeof text - t, "%.*s", 700 - t, FILLER);
    int n = snprintf(body, sizeof body,
        "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"%s\",\"choices\":[{\"index\":0,"
        "\"message\":{\"role\":\"assistant\",\"content\":\"%s\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
        "\"usage\":{\"prompt_tokens\":210,\"completion_tokens\":160,\"total_tokens\":370,\"prompt_tokens_details\":"
        "{\"cached_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0}},\"system_fingerprint\":\"fp_bench\"}",
        c->model, text);
    n = snprintf(all, sizeof all, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s", n, body);
    return put(c, all, n);
}

/* Appends one SSE event with the given choices (and usage) to p. */
static int event(const struct conn *c, char *p, const char *choices, const char *usage) {
    return sprintf(p, "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"%s\","
        "\"choices\":[%s]%s}\n\n", c->model, choices, usage);
}

/* One HTTP chunk. */
static int put_chunk(struct conn *c, const char *head, const char *data, int n, int last) {
    char all[2048];
    int m = snprintf(all, sizeof all, "%s%x\r\n%.*s\r\n%s", head, n, n, data, last ? "0\r\n\r\n" : "");
    return put(c, all, m);
}

static int stream_begin(struct conn *c) {
    char data[512];
    int n = event(c, data, "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}",
        c->usage ? ",\"usage\":null" : "");
    return put_chunk(c, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n"
        "transfer-encoding: chunked\r\n\r\n", data, n, 0);
}

static int stream_content(struct conn *c) {
    char choices[160], data[512];
    sprintf(choices, "{\"index\":0,\"delta\":{\"content\":\"#T%019llu word\"},\"finish_reason\":null}", (unsigned long long)now_ns());
    return put_chunk(c, "", data, event(c, data, choices, c->usage ? ",\"usage\":null" : ""), 0);
}

static int stream_end(struct conn *c) {
    char data[1600];
    int n = event(c, data, "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", c->usage ? ",\"usage\":null" : "");
    char usage[160];
    sprintf(usage, ",\"usage\":{\"prompt_tokens\":210,\"completion_tokens\":%d,\"total_tokens\":%d}", c->chunks, 210 + c->chunks);
    if (c->usage) n += event(c, data + n, "", usage);
    n += sprintf(data + n, "data: [DONE]\n\n");
    return put_chunk(c, "", data, n, 1);
}

/* ---- reading requests ---- */

/* The value of a member, sought in the first and last 4 KB only: a scan of a whole 1 MB body would cost more than its transfer. */
static const char *json_text(const char *body, size_t n, const char *name) {
    size_t edge = n < 4096 ? n : 4096;
    const char *p = memmem(body, edge, name, strlen(name)), *end = body + n;
    if (!p && n > edge) p = memmem(end - edge, edge, name, strlen(name));
    if (!p) return NULL;
    for (p += strlen(name); p < end && (isspace((unsigned char)*p) || *p == ':'); p++) {}
    return p < end ? p : NULL;
}

static int json_true(const char *body, size_t n, const char *name) {
    const char *p = json_text(body, n, name);
    return p && body + n - p >= 4 && !memcmp(p, "true", 4);
}

/* Decides on the answer and starts it; -1 = drop the connection. */
static int answer(struct conn *c, const char *body, size_t n) {
    if (memcmp(c->in, "POST ", 5) || !memmem(c->in, c->head_len, "/chat/completions ", 18)) {
        static const char models[] = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 27\r\n\r\n"
                                     "{\"object\":\"list\",\"data\":[]}";
        return put(c, models, sizeof models - 1);
    }
    int first = default_first, interval = default_interval;
    c->chunks = default_chunks;
    const char *m = json_text(body, n, "\"model\"");
    snprintf(c->model, sizeof c->model, "bench");
    if (m && *m == '"') {
        size_t k = 0;
        for (m++; m < body + n && *m != '"' && *m != '\\' && k < sizeof c->model - 1; m++) c->model[k++] = *m;
        c->model[k] = 0;
        char *shape = strchr(c->model, '-');
        if (shape) sscanf(shape + 1, "%dx%d-%d", &c->chunks, &interval, &first);
    }
    c->streaming = json_true(body, n, "\"stream\"");
    c->usage = json_true(body, n, "\"include_usage\"");
    c->interval = (uint64_t)interval * 1000000u;
    c->sent = 0;
    if (!c->streaming && !first) return whole_answer(c);
    c->answering = 1;
    c->due = now_ns() + (uint64_t)first * 1000000u;
    heap_add(c);
    return c->streaming ? stream_begin(c) : 0;
}

static void read_head(struct conn *c) {
    char *end = memmem(c->in, c->len, "\r\n\r\n", 4);
    if (!end) { c->bad |= c->len > 65536; return; }
    c->head_len = end + 4 - c->in;
    c->body_len = 0;
    *end = 0;
    for (char *h = strstr(c->in, "\r\n"); h; h = strstr(h + 2, "\r\n")) {
        if (!strncasecmp(h + 2, "content-length:", 15)) c->body_len = atol(h + 17);
        if (!strncasecmp(h + 2, "transfer-encoding:", 18) && strcasestr(h, "chunked")) { c->body_len = -1; break; }
    }
    if (strcasestr(c->in, "\r\nexpect: 100-continue")) put(c, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    *end = '\r';
    c->raw_at = c->plain_at = c->head_len;
    c->bad |= c->body_len > MAX_BODY;
}

/* Moves decoded bytes together; 1 = the body has ended. Only whole chunks are moved. */
static int dechunk(struct conn *c) {
    for (;;) {
        char *p = c->in + c->raw_at, *line = memchr(p, '\n', c->len - c->raw_at);
        if (!line) return 0;
        size_t size = strtoul(p, NULL, 16), data = line + 1 - c->in;
        if (size > MAX_BODY) { c->bad = 1; return 0; }
        if (c->len < data + size + 2) return 0;
        memmove(c->in + c->plain_at, c->in + data, size);
        c->plain_at += size;
        c->raw_at = data + size + 2;
        if (!size) return 1;
    }
}

/* Handles what has arrived; -1 = drop. */
static int requests(struct conn *c) {
    while (!c->answering && c->len) {
        if (!c->head_len) read_head(c);
        if (c->bad) return -1;
        if (!c->head_len) return 0;
        size_t end, body_end;
        if (c->body_len < 0) {
            if (!dechunk(c)) return c->bad ? -1 : 0;
            end = c->raw_at;
            body_end = c->plain_at;
        } else if (c->len < (end = body_end = c->head_len + c->body_len)) return 0;
        if (answer(c, c->in + c->head_len, body_end - c->head_len) < 0) return -1;
        memmove(c->in, c->in + end, c->len -= end);
        c->head_len = 0;
        if (c->cap > KEEP_BUFFER && !c->len) { free(c->in); c->in = NULL; c->cap = 0; }
    }
    return 0;
}

static int receive(struct conn *c) {
    if (c->cap - c->len < 2048) {
        size_t want = c->cap ? 2 * c->cap : 4096;
        if (c->head_len && c->body_len > 0 && c->head_len + c->body_len + 2048 > want) want = c->head_len + c->body_len + 2048;
        if (want > MAX_BODY * 2ul) return -1;
        c->in = realloc(c->in, c->cap = want);
    }
    ssize_t n = recv(c->fd, c->in + c->len, c->cap - c->len, 0);
    if (n <= 0) return n < 0 && errno == EAGAIN ? 0 : -1;
    c->len += n;
    return requests(c);
}

/* The next piece of a due answer; -1 = drop. */
static int fire(struct conn *c) {
    heap_remove(c);
    if (c->streaming && c->sent < c->chunks) {
        c->sent++;
        c->due += c->interval;
        heap_add(c);
        return stream_content(c);
    }
    c->answering = 0;
    if ((c->streaming ? stream_end(c) : whole_answer(c)) < 0) return -1;
    return requests(c);
}

static void accept_all(int listener) {
    int fd, one = 1;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct conn *c = calloc(1, sizeof *c);
        c->fd = fd;
        c->heap_at = -1;
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
    }
}

int main(int argc, char **argv) {
    static const struct option options[] = {{"port", 1, 0, 'p'}, {"chunks", 1, 0, 'n'}, {"interval", 1, 0, 'i'}, {"first", 1, 0, 'f'}, {0}};
    int port = 9100, one = 1;
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'p') port = atoi(optarg);
        else if (o == 'n') default_chunks = atoi(optarg);
        else if (o == 'i') default_interval = atoi(optarg);
        else if (o == 'f') default_first = atoi(optarg);
        else return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_TIMERSLACK, 1ul);   /* the default of 50 us would show in every chunk */
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(listener, (struct sockaddr *)&at, sizeof at) || listen(listener, 8192)) { perror("stub: listen"); return 1; }
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(ep, EPOLL_CTL_ADD, listener, &e);

    for (;;) {
        struct epoll_event events[512];
        uint64_t now = now_ns(), wait = heap_len && heap[0]->due > now ? heap[0]->due - now : 0;
        struct timespec t = {.tv_sec = wait / 1000000000u, .tv_nsec = wait % 1000000000u};
        int n = epoll_pwait2(ep, events, 512, heap_len ? &t : NULL, NULL);
        for (int i = 0; i < n; i++) {
            struct conn *c = events[i].data.ptr;
            if (!c) { accept_all(listener); continue; }
            int gone = events[i].events & (EPOLLERR | EPOLLHUP);
            if (!gone && events[i].events & EPOLLOUT) gone = put_rest(c) < 0;
            if (!gone && events[i].events & EPOLLIN) gone = receive(c) < 0;
            if (gone) drop(c);
        }
        for (now = now_ns(); heap_len && heap[0]->due <= now;) {
            struct conn *c = heap[0];
            if (fire(c) < 0) drop(c);
        }
    }
}
