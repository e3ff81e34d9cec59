package dev.serai.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.serai.message.Refusal;
import dev.serai.secret.SealBroken;
import dev.serai.secret.Sealer;
import dev.serai.secret.Secret;
import dev.serai.secret.StartRefused;
import dev.serai.testkit.TestClock;
import dev.serai.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private static final Secret TOKEN = new Secret("eyJhbGciOi.refresh-token-of-an-account.wxyz");

    private final TestDatabase database = TestDatabase.fresh();
    private final TestClock clock = new TestClock();
    private final Secret keyset = new Secret(Sealer.newKeyset());
    private final Accounts accounts = new Accounts(database.jdbc(), new Sealer(() -> keyset), clock);

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void anAccountIsKeptOnceAndItsSecretComesBack() {
        assertThat(accounts.add("tk_1", "chatglm-web", TOKEN)).isTrue();
        assertThat(accounts.add("tk_1", "chatglm-web", new Secret("another"))).isFalse();
        assertThat(accounts.secret("tk_1")).contains(TOKEN);
        assertThat(accounts.list("chatglm-web"))
                .containsExactly(new Account("tk_1", "chatglm-web", "eyJh…wxyz", clock.instant()));
        assertThat(accounts.list("zai-web")).isEmpty();
        assertThat(accounts.delete("tk_1")).isTrue();
        assertThat(accounts.delete("tk_1")).isFalse();
        assertThat(accounts.secret("tk_1")).isEmpty();
    }

    @Test
    void aBoxMovedToAnotherRowDoesNotOpen() {
        accounts.add("tk_1", "chatglm-web", TOKEN);
        accounts.add("tk_2", "chatglm-web", new Secret("another-refresh-token"));
        database.jdbc()
                .sql("update account set secret = (select secret from account where id = 'tk_1') where id = 'tk_2'")
                .update();
        assertThatThrownBy(() -> accounts.secret("tk_2")).isInstanceOf(SealBroken.class);
        assertThat(accounts.secret("tk_1")).contains(TOKEN);
    }

    @Test
    void withoutAKeysetAccountsAreRefusedAndNothingElse() {
        Accounts none = new Accounts(
                database.jdbc(),
                new Sealer(() -> {
                    throw new StartRefused("no keyset");
                }),
                clock);
        assertThat(none.list("chatglm-web")).isEmpty();
        assertThat(none.delete("tk_1")).isFalse();
        assertThatThrownBy(() -> none.add("tk_1", "chatglm-web", TOKEN))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.failure().message()).isEqualTo("no keyset"));
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        for (String id : new String[] {"", "x".repeat(129), "a\0b", "ключ"}) {
            assertThatThrownBy(() -> accounts.add(id, "chatglm-web", TOKEN)).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> accounts.add("tk_1", "chatglm-web", new Secret("x".repeat(16_385))))
                .isInstanceOf(Refusal.class);
    }
}
