package dev.serai.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallIdsTest {

    @Test
    void idsHaveOneFormAndDoNotRepeat() {
        var ids = new CallIds(new Random(1));
        var made = IntStream.range(0, 10_000).mapToObj(i -> ids.next()).toList();
        assertThat(made).allMatch(id -> id.matches("req_[0-9a-v]{24}")).doesNotHaveDuplicates();
    }
}
