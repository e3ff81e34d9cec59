package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.call.Answer;
import dev.serai.call.AnswerStream;
import dev.serai.call.Call;
import dev.serai.stream.ByteSink;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.RawClient;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

/** A bug of the gateway's own in the middle of an answer. */
class BrokenAnswerProof {

    private static Gateway gateway;

    /** Files of a thousand bytes of which so many as the path says are there. */
    static final class Routes {

        @Bean
        RouteBuilder brokenFiles() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("platform-http:/broken/{length}?httpMethodRestrict=GET")
                            .process(exchange -> {
                                var call = Call.of(exchange);
                                var path = call.client().pathVariables();
                                call.answer(new Answer.Bytes(
                                        "video/mp4",
                                        Long.parseLong(path.getOrDefault("length", "")),
                                        new Broken(Integer.parseInt(
                                                call.client().query("there").getFirst()))));
                            });
                }
            };
        }
    }

    /** Gives its bytes, and then throws what no stream may throw. */
    private static final class Broken implements AnswerStream {

        private final ByteSink out = new ByteSink(1_000);

        Broken(int there) {
            out.write(new byte[there]);
        }

        @Override
        public ByteSink out() {
            return out;
        }

        @Override
        public boolean advance() {
            throw new IllegalStateException("a bug");
        }

        @Override
        public void close() {}
    }

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of(), Routes.class);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String get(String path) {
        try (var client = new RawClient(gateway.port())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                    .readAll();
        }
    }

    @Test
    void aFileThatAGatewaysBugEndsNeverLooksWhole() {
        assertThat(get("/broken/-1?there=500"))
                .startsWith("HTTP/1.1 200")
                .contains("\r\n1f4\r\n")
                .doesNotContain("\r\n0\r\n");
        assertThat(get("/broken/1000?there=500"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-length: 1000");
    }

    @Test
    void aBugBeforeTheFirstByteIsToldAsAnError() {
        assertThat(get("/broken/1000?there=0"))
                .startsWith("HTTP/1.1 500")
                .contains("Internal error.")
                .doesNotContainIgnoringCase("content-length: 1000");
    }
}
