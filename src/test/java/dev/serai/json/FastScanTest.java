package dev.serai.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick walk and the exact one agree on whatever the quick one accepts, and the quick one accepts what is usual. */
class FastScanTest {

    private static final String BODY =
            "{\"model\":\"m\",\"s\":\"grün, 汉字, 😀 \\u00e9\\n\\\"q\\\" and a long plain stretch\","
                    + "\"a\":[1,-2.5e+3,0,true,false,null,{},[],{\"x\":{\"y\":[\"z\"]}}], \"o\" : {\"k\":\"v\",\"l\":[ ]}\n}";

    @Test
    void everyGoldenRequestIsReadQuickly() throws IOException {
        for (byte[] body : golden()) {
            var quick = new FastScan(body).scan();
            assertSame(body, requireNonNull(quick));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\" : 1 , \"b\":[ ] } \n",
                "{\"12345678\":\"12345678\"}",
                "{\"a\":\"1234567\\\\\"}",
                "{\"a\":\"\u0080\u07ff\u0800\uffff\"}",
                "{\"a\":1e5,\"b\":-0,\"c\":0.10}"
            })
    void whatIsUsualIsReadQuickly(String text) {
        byte[] body = text.getBytes(UTF_8);
        var quick = new FastScan(body).scan();
        assertSame(body, requireNonNull(quick));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":tru}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\" 1}",
                "{\"a\":[1 2]}",
                "{\"a\":[1,]}",
                "{\"a\":{]}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"tab\there\"}",
                "{\"a\":\"open}",
                "{\"a\":1} x",
                "{\"a\":1",
                "{\"\\u0061\":1}",
                "{\"a\":{\"\\ud800b\":1}}",
                "{\"a\":1e99999}"
            })
    void whatIsWrongOrUnusualIsLeftToTheExactWalk(String text) {
        assertThat(new FastScan(text.getBytes(UTF_8)).scan()).isNull();
    }

    @Test
    void nothingIsAcceptedThatTheExactWalkRefuses() {
        var random = new Random(42);
        byte[] seed = BODY.getBytes(UTF_8);
        byte[] bytes = "\"\\{}[]:,0e-.u \n\t\u0000\u00ff".getBytes(UTF_8);
        for (int i = 0; i < 200_000; i++) {
            byte[] body = seed.clone();
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                body[random.nextInt(body.length)] =
                        random.nextBoolean() ? bytes[random.nextInt(bytes.length)] : (byte) random.nextInt(256);
            }
            var quick = new FastScan(body).scan();
            if (quick != null) {
                assertThatCode(() -> assertSame(body, quick))
                        .as(new String(body, UTF_8))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void limitsAreLeftToTheExactWalk() {
        assertThat(scan("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}")).isNotNull();
        assertThat(scan("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}")).isNull();
        assertThat(scan("{\"a\":" + "1".repeat(100) + "}")).isNotNull();
        assertThat(scan("{\"a\":" + "1".repeat(101) + "}")).isNull();
        assertThat(scan("{\"a\":{" + "\"b\":1,".repeat(10_000) + "\"b\":1}}")).isNull();
    }

    private static @Nullable JsonObjectSpans scan(String text) {
        return new FastScan(text.getBytes(UTF_8)).scan();
    }

    private static void assertSame(byte[] body, JsonObjectSpans quick) {
        var exact = new BodyScan(body).scan();
        assertThat(quick.object()).isEqualTo(exact.object());
        assertThat(quick.members()).isEqualTo(exact.members());
    }

    private static List<byte[]> golden() throws IOException {
        var bodies = new ArrayList<byte[]>();
        try (var files = Files.walk(Path.of("src/test/resources/wire"))) {
            for (var file :
                    files.filter(it -> it.toString().endsWith("request.json")).toList()) {
                bodies.add(Files.readAllBytes(file));
            }
        }
        assertThat(bodies).hasSizeGreaterThan(15);
        return bodies;
    }
}
