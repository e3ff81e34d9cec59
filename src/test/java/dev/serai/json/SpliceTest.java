package dev.serai.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SpliceTest {

    private static final String BODY = "{ \"a\" : 1.0 ,\n \"b\":\"x\", \"c\" : [ ] }";

    @Test
    void replacedValueLeavesEveryOtherByte() {
        assertThat(edit(BODY, it -> it.set("b", json("\"yy\""))))
                .isEqualTo("{ \"a\" : 1.0 ,\n \"b\":\"yy\", \"c\" : [ ] }");
    }

    @Test
    void newMemberGoesBehindTheLast() {
        assertThat(edit(BODY, it -> it.set("d", json("true")).set("e", json("2"))))
                .isEqualTo("{ \"a\" : 1.0 ,\n \"b\":\"x\", \"c\" : [ ],\"d\":true,\"e\":2 }");
        assertThat(edit("{ }", it -> it.set("d", json("1")))).isEqualTo("{\"d\":1 }");
    }

    @Test
    void removedMemberTakesItsCommaAlong() {
        assertThat(edit(BODY, it -> it.remove("a"))).isEqualTo("{ \"b\":\"x\", \"c\" : [ ] }");
        assertThat(edit(BODY, it -> it.remove("b"))).isEqualTo("{ \"a\" : 1.0, \"c\" : [ ] }");
        assertThat(edit(BODY, it -> it.remove("c"))).isEqualTo("{ \"a\" : 1.0 ,\n \"b\":\"x\" }");
        assertThat(edit(BODY, it -> it.remove("a").remove("b"))).isEqualTo("{ \"c\" : [ ] }");
        assertThat(edit(BODY, it -> it.remove("b").remove("c"))).isEqualTo("{ \"a\" : 1.0 }");
        assertThat(edit(BODY, it -> it.remove("a").remove("b").remove("c"))).isEqualTo("{  }");
        assertThat(edit(BODY, it -> it.remove("a").remove("b").remove("c").set("d", json("1"))))
                .isEqualTo("{ \"d\":1 }");
    }

    @Test
    void nameGivenTwiceIsEditedAtBothPlaces() {
        String twice = "{\"m\":1,\"x\":0,\"m\":2}";
        assertThat(edit(twice, it -> it.set("m", json("9")))).isEqualTo("{\"m\":9,\"x\":0,\"m\":9}");
        assertThat(edit(twice, it -> it.remove("m"))).isEqualTo("{\"x\":0}");
    }

    @Test
    void renamedMemberKeepsItsValueAndItsPlace() {
        assertThat(edit(BODY, it -> it.rename("a", "z"))).isEqualTo("{ \"z\" : 1.0 ,\n \"b\":\"x\", \"c\" : [ ] }");
        assertThat(edit(BODY, it -> it.rename("a", "b"))).isEqualTo("{ \"b\" : 1.0, \"c\" : [ ] }");
        assertThat(edit(BODY, it -> it.rename("a", "z").set("z", json("5"))))
                .isEqualTo("{ \"b\":\"x\", \"c\" : [ ],\"z\":5 }");
    }

    @Test
    void nestedAndOuterEditsWorkTogether() {
        byte[] body = "{\"o\":{\"i\":1},\"m\":\"a\"}".getBytes(UTF_8);
        var outer = JsonObjectSpans.scan(body);
        var splice = new Splice(body);
        splice.object(outer).set("m", json("\"b\""));
        splice.object(JsonObjectSpans.within(body, requireNonNull(outer.value("o"))))
                .set("j", json("2"));
        assertThat(new String(splice.apply(), UTF_8)).isEqualTo("{\"o\":{\"i\":1,\"j\":2},\"m\":\"b\"}");
    }

    @Test
    void overlappingEditsAreABug() {
        var splice = new Splice(new byte[10]);
        splice.replace(new Span(1, 5), json("x"));
        splice.replace(new Span(3, 6), json("y"));
        assertThatThrownBy(splice::apply).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutEditsTheVeryBytesComeBack() {
        byte[] body = json(BODY);
        assertThat(new Splice(body).apply()).isSameAs(body);
    }

    private static String edit(String body, Consumer<ObjectEdit> edits) {
        byte[] bytes = body.getBytes(UTF_8);
        var splice = new Splice(bytes);
        edits.accept(splice.object(JsonObjectSpans.scan(bytes)));
        return new String(splice.apply(), UTF_8);
    }

    private static byte[] json(String text) {
        return text.getBytes(UTF_8);
    }
}
