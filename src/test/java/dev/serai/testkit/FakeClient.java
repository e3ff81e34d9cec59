package dev.serai.testkit;

import dev.serai.call.Client;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A caller that is there, with a head made of maps and a body made of text. */
public record FakeClient(FakeHead head, String body) implements Client {

    @Override
    public String method() {
        return body.isEmpty() ? "GET" : "POST";
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }

    @Override
    public String path() {
        return head.path();
    }

    @Override
    public Map<String, String> pathVariables() {
        return head.pathVariables();
    }

    @Override
    public @Nullable String header(String name) {
        return head.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return head.headers(name);
    }

    @Override
    public List<String> query(String name) {
        return head.query(name);
    }

    @Override
    public byte[] readBody() {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] readBody(long most) {
        return readBody();
    }

    @Override
    public byte[] readFormOrBody() {
        return readBody();
    }

    @Override
    public void releaseBody() {}

    @Override
    public void hold(long bytes) {}

    @Override
    public void letGo(long bytes) {}

    @Override
    public void cut() {}

    @Override
    public boolean gone() {
        return false;
    }

    @Override
    public boolean committed() {
        return false;
    }

    @Override
    public long lastWriteNanos() {
        return 0;
    }

    @Override
    public void expectStream(String contentType, Map<String, String> headers) {}

    @Override
    public void heartbeat(byte[] sign) {}
}
