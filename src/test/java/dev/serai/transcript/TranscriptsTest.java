package dev.serai.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.testkit.TestDatabase;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;

class TranscriptsTest {

    private final TestDatabase database = TestDatabase.fresh();
    private Kept kept = Kept.in(database);

    @BeforeEach
    void fresh() {
        kept = Kept.in(database);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private long rows() {
        return database.jdbc()
                .sql("select count(*) from transcript")
                .query(Long.class)
                .single();
    }

    @Test
    void whatWasKeptIsFoundAsItWas() {
        assertThat(kept.keep(Kept.KEY, "resp_1", "{\"id\":\"resp_1\",\"a\":1.0}", "[{\"b\":\"\\u0000\"}]"))
                .isTrue();
        var found = kept.transcripts.find(Kept.KEY, "resp_1").orElseThrow();
        assertThat(Kept.text(found.response())).isEqualTo("{\"id\":\"resp_1\",\"a\":1.0}");
        assertThat(Kept.text(found.inputItems())).isEqualTo("[{\"b\":\"\\u0000\"}]");
        assertThat(kept.lost()).isZero();
    }

    @Test
    void anotherKeySeesAndDeletesNothing() {
        kept.keep(Kept.KEY, "resp_1", "{}", "[]");
        assertThat(kept.transcripts.find(Kept.OTHER_KEY, "resp_1")).isEmpty();
        assertThat(kept.transcripts.delete(Kept.OTHER_KEY, "resp_1")).isFalse();
        assertThat(kept.transcripts.find(Kept.KEY, "resp_1")).isPresent();
    }

    @Test
    void twoKeysMayHaveTheSameIdAndTheNewestOfOneKeyWins() {
        kept.keep(Kept.KEY, "resp_1", "{\"n\":1}", "[]");
        kept.keep(Kept.OTHER_KEY, "resp_1", "{\"n\":2}", "[]");
        kept.keep(Kept.KEY, "resp_1", "{\"n\":3}", "[]");
        assertThat(kept.transcripts.find(Kept.KEY, "resp_1"))
                .hasValueSatisfying(
                        found -> assertThat(Kept.text(found.response())).isEqualTo("{\"n\":3}"));
        assertThat(kept.transcripts.find(Kept.OTHER_KEY, "resp_1"))
                .hasValueSatisfying(
                        found -> assertThat(Kept.text(found.response())).isEqualTo("{\"n\":2}"));
    }

    @Test
    void itsTimeIsThirtyDays() {
        kept.keep(Kept.KEY, "resp_1", "{}", "[]");
        kept.clock.pass(Duration.ofDays(30).minusSeconds(1));
        assertThat(kept.transcripts.find(Kept.KEY, "resp_1")).isPresent();
        kept.clock.pass(Duration.ofSeconds(1));
        assertThat(kept.transcripts.find(Kept.KEY, "resp_1")).isEmpty();
        assertThat(kept.transcripts.delete(Kept.KEY, "resp_1")).isFalse();
    }

    @Test
    void deletedIsGoneAtOnce() {
        kept.keep(Kept.KEY, "resp_1", "{}", "[]");
        assertThat(kept.transcripts.delete(Kept.KEY, "resp_1")).isTrue();
        assertThat(kept.transcripts.find(Kept.KEY, "resp_1")).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void whatIsTooLargeIsNotKeptAndCounted() {
        assertThat(kept.keep(Kept.KEY, "resp_1", "{}", "[\"" + "a".repeat(4096) + "\"]"))
                .isFalse();
        assertThat(rows()).isZero();
        assertThat(kept.lost()).isEqualTo(1);
    }

    @Test
    void anIdThatWasNeverGivenOutIsNeverAskedFor() {
        for (String id : new String[] {"", "a\0b", "a'b", "ä", "a".repeat(257), "../x"}) {
            assertThat(kept.transcripts.find(Kept.KEY, id)).as(id).isEmpty();
            assertThat(kept.transcripts.delete(Kept.KEY, id)).as(id).isFalse();
            assertThat(kept.keep(Kept.KEY, id, "{}", "[]")).as(id).isFalse();
        }
    }

    @Test
    void sweepDeletesWhatHasExpiredAndNothingElse() {
        IntStream.range(0, 120).forEach(i -> kept.keep(Kept.KEY, "resp_" + i, "{}", "[]"));
        kept.clock.pass(Duration.ofDays(29));
        kept.keep(Kept.KEY, "resp_new", "{}", "[]");
        kept.clock.pass(Duration.ofDays(1));
        kept.transcripts.sweep();
        assertThat(rows()).isEqualTo(1);
        assertThat(kept.transcripts.find(Kept.KEY, "resp_new")).isPresent();
    }

    @Test
    void withoutADatabaseNothingIsKeptAndNoAnswerWaitsTwice() {
        var attempts = new int[1];
        var nowhere = new DriverManagerDataSource() {
            @Override
            public java.sql.Connection getConnection() throws java.sql.SQLException {
                attempts[0]++;
                throw new java.sql.SQLException("away");
            }
        };
        var away = new Kept(JdbcClient.create(nowhere), Duration.ofDays(1), DataSize.ofKilobytes(4));
        assertThat(away.keep(Kept.KEY, "resp_1", "{}", "[]")).isFalse();
        assertThat(away.keep(Kept.KEY, "resp_2", "{}", "[]")).isFalse();
        assertThat(attempts[0]).isEqualTo(1);
        assertThat(away.lost()).isEqualTo(2);
        away.clock.pass(Duration.ofSeconds(1));
        assertThat(away.keep(Kept.KEY, "resp_3", "{}", "[]")).isFalse();
        assertThat(attempts[0]).isEqualTo(2);
        away.transcripts.sweep();
        assertThatThrownBy(() -> away.transcripts.find(Kept.KEY, "resp_1"))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> {
                    assertThat(refusal.failure().kind()).isEqualTo(Kind.OVERLOADED);
                    assertThat(refusal.failure().retryAfter()).isEqualTo(Duration.ofSeconds(2));
                });
    }

    @Test
    void noTimeToLiveKeepsNothing() {
        assertThat(new Kept(database.jdbc(), Duration.ZERO, DataSize.ofKilobytes(4)).transcripts.enabled())
                .isFalse();
    }
}
