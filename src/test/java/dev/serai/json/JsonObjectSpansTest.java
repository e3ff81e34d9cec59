package dev.serai.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serai.message.Failure;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectSpansTest {

    @Test
    void everyKindOfValueIsFoundWhereItStands() {
        String text =
                " {\"s\" : \"a\\\"}é\" ,\n\"n\":-1.5e+3,\"o\":{\"a\":[1,{}]}, \"a\":[ ] ,\"t\":true,\"z\":null}\n";
        byte[] body = text.getBytes(UTF_8);
        var spans = JsonObjectSpans.scan(body);
        assertThat(value(body, spans, "s")).isEqualTo("\"a\\\"}é\"");
        assertThat(value(body, spans, "n")).isEqualTo("-1.5e+3");
        assertThat(value(body, spans, "o")).isEqualTo("{\"a\":[1,{}]}");
        assertThat(value(body, spans, "a")).isEqualTo("[ ]");
        assertThat(value(body, spans, "t")).isEqualTo("true");
        assertThat(value(body, spans, "z")).isEqualTo("null");
        assertThat(spans.value("missing")).isNull();
        assertThat(spans.names()).containsExactly("s", "n", "o", "a", "t", "z");
    }

    @Test
    void lastOfTwoMembersWithOneNameCounts() {
        byte[] body = "{\"a\":1,\"b\":2,\"a\":3}".getBytes(UTF_8);
        assertThat(value(body, JsonObjectSpans.scan(body), "a")).isEqualTo("3");
    }

    @Test
    void membersInsideAreFound() {
        byte[] body = "{\"a\":{ \"b\": \"c\", \"d\" :[1, \"x\" ,{\"y\":2}] }}".getBytes(UTF_8);
        var outer = JsonObjectSpans.scan(body);
        var inner = JsonObjectSpans.within(body, requireNonNull(outer.value("a")));
        assertThat(value(body, inner, "b")).isEqualTo("\"c\"");
        assertThat(JsonSpans.elements(body, requireNonNull(inner.value("d"))))
                .extracting(span -> new String(body, span.from(), span.to() - span.from(), UTF_8))
                .containsExactly("1", "\"x\"", "{\"y\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "[]",
                "\"text\"",
                "1",
                "{",
                "{\"a\"",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1}x",
                "{\"a\":1}{}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":tru}",
                "{\"a\":1 // no\n}",
                "{\"a\":[}"
            })
    void whatIsNotOneJsonObjectIsRefused(String body) {
        assertThat(refusal(body.getBytes(UTF_8)).kind()).isEqualTo(Kind.INVALID_REQUEST);
    }

    @Test
    void otherEncodingsAreRefused() {
        assertThat(refusal("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)).message())
                .contains("UTF-8");
        assertThat(refusal("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)).message())
                .contains("UTF-8");
        assertThat(refusal("\uFEFF{\"a\":1}".getBytes(UTF_8)).message()).contains("byte order mark");
        assertThat(refusal("{\"a\":\"é\"}".getBytes(ISO_8859_1)).message()).contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0 AF",
                "C1 81",
                "E0 80 AF",
                "ED A0 80",
                "F0 80 80 80",
                "F4 90 80 80",
                "F5 80 80 80",
                "80",
                "E2 82"
            })
    void malformedUtf8IsRefused(String hex) {
        byte[] bad = HexFormat.ofDelimiter(" ").parseHex(hex);
        byte[] body = ("{\"a long enough name\":\"" + new String(bad, ISO_8859_1) + "\"}").getBytes(ISO_8859_1);
        assertThat(refusal(body).message()).contains("UTF-8");
    }

    @Test
    void wellFormedUtf8OfAnyLengthPasses() {
        assertThatCode(() -> JsonObjectSpans.scan("{\"a\":\"é€𝄞\u0080\uD7FF\uE000\uFFFF\"}".getBytes(UTF_8)))
                .doesNotThrowAnyException();
    }

    @Test
    void depthIsLimitedAndThePathNamed() {
        JsonObjectSpans.scan(("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}").getBytes(UTF_8));
        var failure = refusal(("{\"a\":{\"b\":[0," + "[".repeat(62) + "]".repeat(62) + "]}}").getBytes(UTF_8));
        assertThat(failure.param()).startsWith("a.b[1][0]");
        assertThat(failure.message()).contains("64");
    }

    @Test
    void membersAreLimitedPerObject() {
        var body = new StringBuilder("{\"a\":{");
        for (int i = 0; i < 10_001; i++) {
            body.append(i == 0 ? "" : ",").append('"').append(i).append("\":0");
        }
        assertThat(refusal(body.append("}}").toString().getBytes(UTF_8)).param())
                .isEqualTo("a");
    }

    @Test
    void membersOfManyObjectsAreNotSummedUp() {
        String object = "{\"a\":1,\"b\":2},";
        String body = "{\"list\":[" + object.repeat(9_000) + "{}]}";
        assertThatCode(() -> JsonObjectSpans.scan(body.getBytes(UTF_8))).doesNotThrowAnyException();
    }

    @Test
    void numbersAreLimitedInLength() {
        JsonObjectSpans.scan(("{\"a\":" + "1".repeat(100) + "}").getBytes(UTF_8));
        assertThat(refusal(("{\"a\":" + "1".repeat(101) + "}").getBytes(UTF_8)).message())
                .contains("100 digits");
    }

    /** It is short on the wire, and a decimal number of a size that nobody has memory for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1e99999}",
                "{\"a\":[1E-99999999999]}",
                "{\"a\":{\"b\":0.1e+12345678901234567890}}",
                "{\"a\":[],\"b\":-1e00000}"
            })
    void anExponentBeyondAllBoundsIsRefused(String text) {
        assertThat(refusal(text.getBytes(UTF_8)).message()).contains("exponent");
    }

    @Test
    void anExponentWithinBoundsIsANumber() throws IOException {
        byte[] body = "{\"a\":[1e9999,-2.5E-3]}".getBytes(UTF_8);
        assertThat(JsonObjectSpans.scan(body).value("a")).isNotNull();
        assertThat(Json.tree(body, 0, body.length).path("a")).hasSize(2);
    }

    @Test
    void aTreeWithANumberWithoutAValueIsNotJson() {
        byte[] answer = "{\"a\":1e-99999999999}".getBytes(UTF_8);
        assertThatThrownBy(() -> Json.tree(answer, 0, answer.length)).isInstanceOf(IOException.class);
    }

    @Test
    void hugeBodyIsRefusedUnread() {
        assertThat(refusal(new byte[Json.MAX_STRING + 1]).kind()).isEqualTo(Kind.REQUEST_TOO_LARGE);
    }

    @Test
    void readersNameTheFieldOfAWrongType() {
        byte[] body = "{\"s\":1,\"b\":\"x\",\"i\":1.5,\"big\":99999999999999999999,\"o\":{\"n\":[]},\"z\":null}"
                .getBytes(UTF_8);
        var members = Members.of(body, JsonObjectSpans.scan(body));
        assertThat(param(() -> members.text("s"))).isEqualTo("s");
        assertThat(param(() -> members.flag("b"))).isEqualTo("b");
        assertThat(param(() -> members.integer("i"))).isEqualTo("i");
        assertThat(param(() -> members.integer("big"))).isEqualTo("big");
        assertThat(param(() -> requireNonNull(members.object("o")).number("n"))).isEqualTo("o.n");
        assertThat(members.text("z")).isNull();
        assertThat(members.number("i")).isEqualTo(1.5);
    }

    private static String value(byte[] body, JsonObjectSpans spans, String name) {
        Span span = requireNonNull(spans.value(name));
        return new String(body, span.from(), span.to() - span.from(), UTF_8);
    }

    private static Failure refusal(byte[] body) {
        return catchThrowableOfType(Refusal.class, () -> JsonObjectSpans.scan(body))
                .failure();
    }

    private static @Nullable String param(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call).failure().param();
    }
}
