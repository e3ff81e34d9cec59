package dev.serai.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private static final UUID KEY = new UUID(0, 1);
    private static final UUID OTHER_KEY = new UUID(0, 2);

    private final TestDatabase database = TestDatabase.fresh();
    private final TestClock clock = new TestClock();
    private final Conversations conversations = replica();

    /** As another replica would have it: nothing is shared but the database. */
    private Conversations replica() {
        return new Conversations(
                new ConversationRepository(database.jdbc()), new ConversationProperties(Duration.ofDays(30)), clock);
    }

    private static Conversation conversation(String id, String account) {
        return new Conversation("chatglm-web", id, account, "glm-4.7");
    }

    private long rows() {
        return database.jdbc()
                .sql("select count(*) from conversation")
                .query(Long.class)
                .single();
    }

    @BeforeEach
    void accounts() {
        for (String account : new String[] {"a", "b"}) {
            database.jdbc()
                    .sql("insert into account (id, provider, secret, preview) values (:id, 'chatglm-web', 'x', 'p')")
                    .param("id", account)
                    .update();
        }
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void whatOneReplicaKeepsAnotherFinds() {
        assertThat(conversations.keep(KEY, conversation("c1", "a"))).isTrue();
        assertThat(replica().find(KEY, "chatglm-web", "c1")).contains(conversation("c1", "a"));
        assertThat(replica().find(KEY, "zai-web", "c1")).isEmpty();
        assertThat(replica().find(KEY, "chatglm-web", "c2")).isEmpty();
    }

    @Test
    void anotherKeyFindsNothing() {
        conversations.keep(KEY, conversation("c1", "a"));
        assertThat(conversations.find(OTHER_KEY, "chatglm-web", "c1")).isEmpty();
        conversations.keep(OTHER_KEY, conversation("c1", "b"));
        assertThat(conversations.find(KEY, "chatglm-web", "c1")).contains(conversation("c1", "a"));
    }

    @Test
    void itsTimeBeginsAnewWithEveryTurn() {
        conversations.keep(KEY, conversation("c1", "a"));
        clock.pass(Duration.ofDays(29));
        conversations.keep(KEY, conversation("c1", "a"));
        clock.pass(Duration.ofDays(29));
        assertThat(conversations.find(KEY, "chatglm-web", "c1")).isPresent();
        assertThat(rows()).isEqualTo(1);
        clock.pass(Duration.ofDays(1));
        assertThat(conversations.find(KEY, "chatglm-web", "c1")).isEmpty();
    }

    @Test
    void sweepForgetsTheUnusedAndNothingElse() {
        IntStream.range(0, 1200).forEach(i -> conversations.keep(KEY, conversation("c" + i, "a")));
        clock.pass(Duration.ofDays(29));
        conversations.keep(KEY, conversation("new", "a"));
        clock.pass(Duration.ofDays(1));
        conversations.sweep();
        assertThat(rows()).isEqualTo(1);
        assertThat(conversations.find(KEY, "chatglm-web", "new")).isPresent();
    }

    @Test
    void itGoesWithItsAccount() {
        conversations.keep(KEY, conversation("c1", "a"));
        database.jdbc().sql("delete from account where id = 'a'").update();
        assertThat(conversations.find(KEY, "chatglm-web", "c1")).isEmpty();
        assertThat(conversations.keep(KEY, conversation("c1", "a"))).isFalse();
    }

    @Test
    void aNameThatWasNeverGivenOutIsNeverAskedFor() {
        for (String id : new String[] {"", "a\0b", "a'b", "ä", "a".repeat(257), "../x"}) {
            assertThat(conversations.find(KEY, "chatglm-web", id)).as(id).isEmpty();
            assertThat(conversations.keep(KEY, conversation(id, "a"))).as(id).isFalse();
        }
    }

    @Test
    void withoutADatabaseNothingIsKeptAndWhoAsksIsToldToWait() {
        database.jdbc().sql("drop table conversation").update();
        assertThat(conversations.keep(KEY, conversation("c1", "a"))).isFalse();
        conversations.sweep();
        assertThatThrownBy(() -> conversations.find(KEY, "chatglm-web", "c1"))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> {
                    assertThat(refusal.failure().kind()).isEqualTo(Kind.OVERLOADED);
                    assertThat(refusal.failure().retryAfter()).isPositive();
                });
    }
}
