package dev.serai.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryStringTest {

    @Test
    void namesAndValuesAreDecodedAndRepeatsKept() {
        var query = QueryString.of("key=a%20b&k%65y=c&flag&x=1=2");
        assertThat(query.values("key")).containsExactly("a b", "c");
        assertThat(query.values("flag")).containsExactly("");
        assertThat(query.values("x")).containsExactly("1=2");
        assertThat(query.values("none")).isEmpty();
    }

    @Test
    void whatCannotBeDecodedIsKeptAsItCame() {
        assertThat(QueryString.of("key=%zz").values("key")).containsExactly("%zz");
        assertThat(QueryString.of(null).values("key")).isEmpty();
    }
}
