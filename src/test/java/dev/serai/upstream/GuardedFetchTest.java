package dev.serai.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.testkit.FakeUpstream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedFetchTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeUpstream site = new FakeUpstream();
    private final TimeLimit limit = new TimeLimit();
    private final GuardedFetch open = new GuardedFetch(new EgressGuard(List.of("127.0.0.0/8", "::1")), limit);

    @AfterEach
    void close() throws IOException {
        open.close();
        limit.close();
        site.close();
    }

    private GuardedFetch.Fetched get(String path, int most, Duration within) throws IOException {
        return open.get(site.url() + path, type -> type.startsWith("image/"), most, within, abort -> {});
    }

    private static FakeUpstream.Script answer(String head, String body) {
        return (request, wire) ->
                wire.send("HTTP/1.1 " + head + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
    }

    @Test
    void aPictureIsFetchedWithoutCredentialsOrCookies() throws IOException {
        site.now(answer("200 OK\r\ncontent-type: Image/PNG; x=y\r\nset-cookie: a=b", "png!"));
        get("/a.png?x=1", 100, LONG);
        var fetched = get("/a.png?x=1", 100, LONG);
        assertThat(fetched.mediaType()).isEqualTo("image/png");
        assertThat(fetched.bytes()).asString().isEqualTo("png!");
        assertThat(site.journal().getLast().headers()).doesNotContainKeys("cookie", "authorization");
    }

    @Test
    void aRedirectIsNotFollowed() {
        site.now(answer("302 Found\r\nlocation: " + site.url() + "/inside", ""));
        assertThatThrownBy(() -> get("/a", 100, LONG)).hasMessage("the URL answers with status 302");
        assertThat(site.journal()).hasSize(1);
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        site.now(answer("200 OK\r\ncontent-type: image/png", "x".repeat(101)));
        assertThatThrownBy(() -> get("/a", 100, LONG)).hasMessage("the URL leads to more than 100 bytes");
    }

    @Test
    void whatDoesNotTellItsSizeIsReadUpToTheLimit() {
        site.now((request, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ntransfer-encoding: chunked\r\n\r\n");
            wire.chunk("x".repeat(200));
            wire.stall();
        });
        assertThatThrownBy(() -> get("/a", 100, LONG)).hasMessage("the URL leads to more than 100 bytes");
    }

    @Test
    void anotherTypeIsRefused() {
        site.now(answer("200 OK\r\ncontent-type: text/html", "<html>"));
        assertThatThrownBy(() -> get("/a", 100, LONG)).hasMessage("the URL leads to something of another type");
    }

    @Test
    void whatTakesTooLongIsBrokenOff() {
        site.now((request, wire) -> wire.stall());
        assertThatThrownBy(() -> get("/a", 100, Duration.ofMillis(300))).hasMessage("the URL cannot be fetched");
    }

    @Test
    void aRefusedAddressIsNeverAsked() {
        var closed = new GuardedFetch(new EgressGuard(List.of()), limit);
        assertThatThrownBy(() -> closed.get(site.url() + "/a", type -> true, 100, LONG, abort -> {}))
                .hasMessageStartingWith("the URL is refused");
        assertThat(site.journal()).isEmpty();
    }
}
