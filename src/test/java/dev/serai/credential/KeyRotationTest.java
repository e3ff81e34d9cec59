package dev.serai.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyRotationTest {

    @Test
    void everyKeyIsFirstInItsTurn() {
        var rotation = new KeyRotation(5);
        var first = new ArrayList<Integer>();
        for (int i = 0; i < 10; i++) {
            first.add(rotation.turn("").next());
        }
        assertThat(first).containsExactly(0, 1, 2, 3, 4, 0, 1, 2, 3, 4);
    }

    @Test
    void aTurnVisitsEveryKeyOnce() {
        for (int size = 1; size <= 30; size++) {
            var rotation = new KeyRotation(size);
            for (int call = 0; call < 3 * size; call++) {
                assertThat(walk(rotation.turn(call % 2 == 0 ? "" : "user-" + call)))
                        .hasSize(size)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void theLoadOfARestingKeyIsShared() {
        var rotation = new KeyRotation(5);
        var load = new int[5];
        for (int call = 0; call < 1000; call++) {
            load[first(rotation.turn(""), key -> key != 2)]++;
        }
        assertThat(load).containsExactly(250, 250, 0, 250, 250);
    }

    @Test
    void aConversationStaysOnItsKeyUntilThatFails() {
        var rotation = new KeyRotation(7);
        int own = rotation.turn("chat-1").next();
        int standIn = first(rotation.turn("chat-1"), key -> key != own);
        for (int call = 0; call < 20; call++) {
            rotation.turn("");
            assertThat(rotation.turn("chat-1").next()).isEqualTo(own);
            assertThat(first(rotation.turn("chat-1"), key -> key != own)).isEqualTo(standIn);
        }
    }

    @Test
    void conversationsSpreadOverTheKeys() {
        var rotation = new KeyRotation(4);
        var load = new int[4];
        for (int chat = 0; chat < 4000; chat++) {
            load[rotation.turn("session-" + chat).next()]++;
        }
        assertThat(IntStream.of(load).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(700, 1300));
    }

    private static List<Integer> walk(KeyRotation.Turn turn) {
        var all = new ArrayList<Integer>();
        while (turn.hasNext()) {
            all.add(turn.next());
        }
        return all;
    }

    private static int first(KeyRotation.Turn turn, IntPredicate healthy) {
        int key = turn.next();
        while (!healthy.test(key)) {
            key = turn.next();
        }
        return key;
    }
}
