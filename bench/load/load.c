/* Load generator for OpenAI-style chat endpoints on this machine: one thread, one epoll. See README.md for the modes and figures.
 *
 *   load closed  --url http://127.0.0.1:8080/v1/chat/completions --conns 64 --seconds 5     whole answers, one after the other
 *   load rate    --url ... --rate 200 --seconds 5                                           whole answers at fixed times
 *   load streams --url ... --conns 100 --chunks 200 --interval 20 [--ramp MS] [--rounds N]  side by side, each to its [DONE]
 *
 * Latencies are read from the `#T<ns>` marks that the stub puts into the text (same machine, same clock).
 * Every run ends by itself: --seconds or the streams' nominal length, and at most --grace seconds more.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
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

#include "answer.h"
#include "figures.h"

enum { CLOSED, CONNECTING, IDLE, BUSY };

struct conn {
    int fd, state, index;
    int queued;                    /* send as soon as it is connected */
    int blocked;                   /* the socket took only part of the request: wait for EPOLLOUT */
    size_t written;                /* bytes of the request that the socket took */
    uint64_t sent;                 /* when the request was written */
    struct answer answer;
};

static enum { MODE_CLOSED, MODE_RATE, MODE_STREAMS } mode;
static char *request, *host, *path = "/", *model = "bench", *done_mark = "[DONE]";
static char extra_headers[4096];
static size_t request_len;
static struct sockaddr_in target;
static int ep, conn_count = 64, body_size = 1000, chunks = 200, interval = 20, first = 0, ramp = 0, rounds = 1, announce;
static double rate = 200, seconds = 5, grace = 20;
static struct conn *conns;
static int *idle, idle_len, active;             /* rate mode: connections that wait for work */
static uint64_t begin, stop_sending, window_end, last_end;
static long requests, ok, errors, refused, cut, no_connection, chunks_in, chunks_in_time, holding, held_peak, statuses[600];
static struct series whole, back, ttft, chunk, gap;

static uint64_t ms(double t) { return (uint64_t)(t * 1e6); }

/* ---- the request ---- */

/* A chat request of about body_size bytes: ordinary text with line ends, quotes and a few non-ASCII letters. */
static void build_request(void) {
    static const char line[] = "She said \\\"bench\\\" and wrote 12 lines about caf\u00e9s, gateways and rain.\\n";
    char *body = malloc(body_size + 2048);
    int n = sprintf(body, "{\"model\":\"%s", model);
    if (mode == MODE_STREAMS) n += sprintf(body + n, "-%dx%d", chunks, interval);
    if (mode == MODE_STREAMS && first) n += sprintf(body + n, "-%d", first);
    n += sprintf(body + n, "\",%s\"max_tokens\":1024,\"temperature\":0.7,\"messages\":[{\"role\":\"user\",\"content\":\"",
        mode != MODE_STREAMS ? "" : strcmp(done_mark, "[DONE]") ? "\"stream\":true," : "\"stream\":true,\"stream_options\":{\"include_usage\":true},");
    for (int i = 0; n < body_size - 6; i++) {
        if (n + (int)sizeof line < body_size) n += sprintf(body + n, "%s", line);
        else body[n++] = 'a' + i % 26;
    }
    n += sprintf(body + n, "\"}]}");
    request = malloc(n + 8192);
    request_len = sprintf(request, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAccept: %s\r\n%sContent-Length: %d\r\n\r\n",
        path, host, mode == MODE_STREAMS ? "text/event-stream" : "application/json", extra_headers, n);
    memcpy(request + request_len, body, n);
    request_len += n;
    free(body);
}

static void parse_url(char *url) {
    if (strncmp(url, "http://", 7)) { fprintf(stderr, "load: only http:// is supported\n"); exit(2); }
    host = strdup(url + 7);
    char *slash = strchr(host, '/');
    if (slash) { path = strdup(slash); *slash = 0; }
    char ip[64];
    int port = 80;
    sscanf(host, "%63[^:]:%d", ip, &port);
    target = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
    if (!inet_pton(AF_INET, strcmp(ip, "localhost") ? ip : "127.0.0.1", &target.sin_addr) || ntohl(target.sin_addr.s_addr) >> 24 != 127) {
        fprintf(stderr, "load: only this machine may be a target\n");
        exit(2);
    }
}

/* ---- connections ---- */

static void watch(struct conn *c, uint32_t events, int op) {
    struct epoll_event e = {.events = events, .data.ptr = c};
    epoll_ctl(ep, op, c->fd, &e);
}

static void hang_up(struct conn *c) {
    if (c->state != CLOSED) close(c->fd);
    c->state = CLOSED;
}

static void dial(struct conn *c) {
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    c->state = CONNECTING;
    c->blocked = 0;
    if (connect(c->fd, (struct sockaddr *)&target, sizeof target) && errno != EINPROGRESS) { perror("load: connect"); exit(1); }
    watch(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
}

static void push(struct conn *c) {
    ssize_t w = send(c->fd, request + c->written, request_len - c->written, MSG_NOSIGNAL);
    if (w > 0) c->written += w;
    int blocked = c->written < request_len;
    if (blocked != c->blocked) watch(c, EPOLLIN | (blocked ? EPOLLOUT : 0), EPOLL_CTL_MOD);
    c->blocked = blocked;
}

static void start(struct conn *c) {
    if (!c->queued) {
        requests++;
        active++;
        answer_reset(&c->answer);
        c->sent = now_ns();
    }
    c->queued = c->state == CLOSED || c->state == CONNECTING;
    if (c->state == CLOSED) dial(c);
    if (c->queued) return;
    c->state = BUSY;
    c->written = 0;
    push(c);
}

/* One answer has ended, well or badly. */
static void end(struct conn *c, int broken) {
    struct answer *a = &c->answer;
    uint64_t t = now_ns();
    int streams = mode == MODE_STREAMS, busy = a->status == 503 || a->status == 429 || a->status == 529;
    int good = !broken && a->status == 200 && a->marks > 0 && (!streams || (a->done && a->marks == chunks));
    active--;
    last_end = t;
    if (a->status > 0 && a->status < 600) statuses[a->status]++;
    if (streams && a->marks) holding--;
    if (good) ok++;
    else if (!broken && busy) refused++;
    else {
        errors++;
        cut += a->status == 200 && streams;
        if (errors <= 3) fprintf(stderr, "load: status %d, %d marks, done %d%s: %.200s\n", a->status, a->marks, a->done, broken ? ", broken" : "", a->line);
    }
    if (good && !streams) { keep(&whole, t - c->sent); keep(&back, t - a->last_mark); }
    if (broken || a->close) hang_up(c);
    else c->state = IDLE;
    if (mode == MODE_CLOSED && t < stop_sending) start(c);
    if (mode == MODE_RATE) idle[idle_len++] = c->index;
}

/* A text mark was read: the stub wrote it at `mark`. */
static void on_mark(void *owner, uint64_t mark, uint64_t received) {
    struct conn *c = owner;
    struct answer *a = &c->answer;
    if (mode == MODE_STREAMS) {
        chunks_in++;
        chunks_in_time += received <= window_end;
        if (a->marks == 1) {
            uint64_t t = received - c->sent, wait = ms(first);
            keep(&ttft, t > wait ? t - wait : 0);
            if (++holding > held_peak) held_peak = holding;
            if (announce && holding + errors + refused == conn_count) { announce = 0; fprintf(stderr, "held %ld\n", holding); }
        } else keep(&gap, received - a->last_received);
        keep(&chunk, received - mark);
    }
    a->last_mark = mark;
    a->last_received = received;
}

static void on_readable(struct conn *c) {
    static char buf[65536];
    ssize_t n = recv(c->fd, buf, sizeof buf, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (c->state != BUSY) {                      /* an idle connection was closed by the other side, or never opened */
        int lost = c->queued;
        hang_up(c);
        if (lost) { c->queued = 0; no_connection++; end(c, 1); }
        return;
    }
    if (n <= 0) { end(c, n < 0 || !answer_ends_with_connection(&c->answer)); return; }
    int r = answer_feed(&c->answer, buf, n, now_ns(), on_mark, c);
    if (r) end(c, r < 0);
}

static void on_event(struct conn *c, uint32_t events) {
    if (c->state == CLOSED) return;
    if (c->state == CONNECTING && events & EPOLLOUT && !(events & EPOLLERR)) {
        c->state = IDLE;
        watch(c, EPOLLIN, EPOLL_CTL_MOD);
        if (c->queued) start(c);
        return;
    }
    if (c->blocked && events & EPOLLOUT) push(c);
    if (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) on_readable(c);
}

/* Waits for events until `until` at the latest. */
static void turn(uint64_t until) {
    struct epoll_event events[256];
    uint64_t t = now_ns(), wait = until > t ? until - t : 0;
    struct timespec w = {.tv_sec = wait / 1000000000u, .tv_nsec = wait % 1000000000u};
    int n = epoll_pwait2(ep, events, 256, &w, NULL);
    for (int i = 0; i < n; i++) on_event(events[i].data.ptr, events[i].events);
}

/* ---- modes ---- */

static void drain(uint64_t until) {
    while (active && now_ns() < until) turn(until);
    for (int i = 0; i < conn_count && active; i++)
        if (conns[i].state == BUSY || conns[i].queued) { conns[i].queued = 0; fprintf(stderr, "load: out of time\n"); end(&conns[i], 1); }
}

static void run_closed(void) {
    stop_sending = begin + ms(seconds * 1000);
    for (int i = 0; i < conn_count; i++) start(&conns[i]);
    while (now_ns() < stop_sending) turn(stop_sending);
    last_end = now_ns();
    drain(stop_sending + ms(grace * 1000));
}

static void run_rate(void) {
    idle = malloc(conn_count * sizeof *idle);
    for (int i = conn_count; i-- > 0;) idle[idle_len++] = i;
    long total = (long)(rate * seconds);
    for (long i = 0; i < total;) {
        uint64_t due = begin + ms(i * 1000.0 / rate);
        while (now_ns() < due) turn(due);
        i++;
        if (idle_len) start(&conns[idle[--idle_len]]);
        else { requests++; errors++; no_connection++; }
    }
    drain(now_ns() + ms(grace * 1000));
}

static void run_streams(void) {
    uint64_t length = ms(ramp + first + (double)(chunks - 1) * interval);
    for (int r = 0; r < rounds; r++) {
        uint64_t t0 = now_ns();
        window_end = t0 + length + ms(100);     /* in time = by then; the slack is for the last wake-up, not for a queue */
        for (int i = 0; i < conn_count; i++) {
            uint64_t due = t0 + ms((double)ramp * i / conn_count);
            if (ramp) while (now_ns() < due) turn(due);
            start(&conns[i]);
        }
        drain(t0 + length + ms(interval + grace * 1000));
    }
}

static void report(void) {
    static const char *modes[] = {"closed", "rate", "streams"};
    printf("{\"mode\":\"%s\",\"conns\":%d,\"seconds\":%.3f,\"requests\":%ld,\"ok\":%ld,\"errors\":%ld,\"refused\":%ld,\"cut\":%ld,\"no_connection\":%ld,\"statuses\":{",
        modes[mode], conn_count, (last_end - begin) / 1e9, requests, ok, errors, refused, cut, no_connection);
    for (int i = 0, some = 0; i < 600; i++) if (statuses[i]) printf("%s\"%d\":%ld", some++ ? "," : "", i, statuses[i]);
    printf("}");
    if (mode == MODE_STREAMS) {
        long expected = (long)conn_count * chunks * rounds;
        printf(",\"chunks\":%ld,\"chunks_expected\":%ld,\"delivered_pct\":%.2f,\"held_peak\":%ld", chunks_in, expected, 100.0 * chunks_in_time / expected, held_peak);
        print_series("ttft_us", &ttft);
        print_series("chunk_us", &chunk);
        print_series("gap_us", &gap);
    } else {
        printf(",\"rps\":%.1f", ok / ((last_end - begin) / 1e9));
        print_series("latency_us", &whole);
        print_series("back_us", &back);
    }
    printf("}\n");
}

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"url", 1, 0, 'u'}, {"conns", 1, 0, 'c'}, {"seconds", 1, 0, 's'}, {"rate", 1, 0, 'r'}, {"body", 1, 0, 'b'}, {"model", 1, 0, 'm'},
        {"auth", 1, 0, 'a'}, {"header", 1, 0, 'H'}, {"chunks", 1, 0, 'n'}, {"interval", 1, 0, 'i'}, {"first", 1, 0, 'f'}, {"ramp", 1, 0, 'R'},
        {"rounds", 1, 0, 'k'}, {"done", 1, 0, 'd'}, {"grace", 1, 0, 'g'},
        {"announce", 0, 0, 'A'}, {0}};
    if (argc > 1 && !strcmp(argv[1], "rate")) mode = MODE_RATE;
    else if (argc > 1 && !strcmp(argv[1], "streams")) mode = MODE_STREAMS;
    else if (argc < 2 || strcmp(argv[1], "closed")) { fprintf(stderr, "load: closed | rate | streams, see README.md\n"); return 2; }
    size_t h = 0;
    for (int o; (o = getopt_long(argc - 1, argv + 1, "", options, NULL)) != -1;) {
        switch (o) {
            case 'u': parse_url(optarg); break;
            case 'c': conn_count = atoi(optarg); break;
            case 's': seconds = atof(optarg); break;
            case 'r': rate = atof(optarg); break;
            case 'b': body_size = atoi(optarg); break;
            case 'm': model = optarg; break;
            case 'a': h += snprintf(extra_headers + h, sizeof extra_headers - h, "Authorization: %s\r\n", optarg); break;
            case 'H': h += snprintf(extra_headers + h, sizeof extra_headers - h, "%s\r\n", optarg); break;
            case 'n': chunks = atoi(optarg); break;
            case 'i': interval = atoi(optarg); break;
            case 'f': first = atoi(optarg); break;
            case 'R': ramp = atoi(optarg); break;
            case 'k': rounds = atoi(optarg); break;
            case 'd': done_mark = optarg; break;
            case 'g': grace = atof(optarg); break;
            case 'A': announce = 1; break;      /* "held <n>" on stderr once every stream is either held or failed */
            default: return 2;
        }
    }
    if (!host) { fprintf(stderr, "load: --url is missing\n"); return 2; }
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_TIMERSLACK, 1ul);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    answer_done_mark = done_mark;
    build_request();

    ep = epoll_create1(0);
    conns = calloc(conn_count, sizeof *conns);
    int open = mode == MODE_RATE && conn_count > 32 ? 32 : conn_count;
    for (int i = 0; i < conn_count; i++) conns[i].index = i;
    for (int i = 0; i < open; i++) {            /* connections first, in batches, so that no listen queue overflows */
        dial(&conns[i]);
        if (i % 100 == 99) turn(now_ns() + ms(5));
    }
    for (uint64_t until = now_ns() + ms(3000), waiting = 1; waiting && now_ns() < until;) {
        turn(now_ns() + ms(20));
        waiting = 0;
        for (int i = 0; i < open; i++) waiting += conns[i].state == CONNECTING;
    }
    begin = last_end = now_ns();
    if (mode == MODE_CLOSED) run_closed();
    else if (mode == MODE_RATE) run_rate();
    else run_streams();
    report();
    return 0;
}
