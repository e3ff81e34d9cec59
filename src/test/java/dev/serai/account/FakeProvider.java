package dev.serai.account;

import dev.serai.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A provider whose logins are rows of the test's database, so that several processes meet the same one. Every grant rotates
 * the refresh token; a strict one refuses the token before the newest.
 */
final class FakeProvider implements TokenIssuer {

    static final String KIND = "chatglm-web";

    private final JdbcClient jdbc;
    private Duration life = Duration.ofHours(1);

    FakeProvider(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes the tables. */
    static FakeProvider create(JdbcClient jdbc) {
        jdbc.sql("""
                create table fake_login (
                    account text primary key, secret text not null, previous text, mode text not null default 'well',
                    strict boolean not null default false, asked int not null default 0, granted int not null default 0)
                """).update();
        return new FakeProvider(jdbc);
    }

    FakeProvider life(Duration life) {
        this.life = life;
        return this;
    }

    /** A login; its secret is {@code refresh-<account>-0}. */
    Secret login(String account) {
        String secret = secret(account, 0);
        jdbc.sql("insert into fake_login (account, secret) values (:account, :secret)")
                .param("account", account)
                .param("secret", secret)
                .update();
        return new Secret(secret);
    }

    static String secret(String account, int number) {
        return "refresh-token-of-" + account + "-" + number;
    }

    static String access(String account, int number) {
        return "access-token-of-" + account + "-" + number;
    }

    /** @param mode well, dead, limited, blocked or unreachable */
    void mode(String account, String mode) {
        jdbc.sql("update fake_login set mode = :mode where account like :account")
                .param("mode", mode)
                .param("account", account)
                .update();
    }

    void strict() {
        jdbc.sql("update fake_login set strict = true").update();
    }

    int asked(String account) {
        return jdbc.sql("select coalesce(sum(asked), 0) from fake_login where account like :account")
                .param("account", account)
                .query(Integer.class)
                .single();
    }

    int granted(String account) {
        return jdbc.sql("select coalesce(sum(granted), 0) from fake_login where account like :account")
                .param("account", account)
                .query(Integer.class)
                .single();
    }

    private record Login(String mode, String secret, String previous, boolean strict, int granted) {}

    @Override
    public String provider() {
        return KIND;
    }

    @Override
    public TokenAnswer ask(TokenAsk ask) {
        Optional<Login> login = jdbc.sql("""
                        update fake_login set asked = asked + 1 where account = :account
                        returning mode, secret, coalesce(previous, '') as previous, strict, granted
                        """)
                .param("account", ask.account())
                .query((row, number) -> new Login(
                        row.getString("mode"),
                        row.getString("secret"),
                        row.getString("previous"),
                        row.getBoolean("strict"),
                        row.getInt("granted")))
                .optional();
        if (login.isEmpty()) {
            return TokenAnswer.refused(IssueFault.DEAD, "The refresh token is unknown.");
        }
        return switch (login.get().mode()) {
            case "well" -> answer(ask, login.get());
            case "dead" -> TokenAnswer.refused(IssueFault.DEAD, "The refresh token has expired.");
            case "limited" -> new TokenAnswer.Refused(IssueFault.LIMITED, "Too many logins.", Duration.ofSeconds(20));
            case "blocked" -> TokenAnswer.refused(IssueFault.BLOCKED, "It asks for a captcha.");
            default -> throw new IllegalStateException("no route to host");
        };
    }

    private TokenAnswer answer(TokenAsk ask, Login login) {
        String shown = ask.secret().reveal();
        boolean known = shown.equals(login.secret()) || (!login.strict() && shown.equals(login.previous()));
        if (!known) {
            return TokenAnswer.refused(IssueFault.DEAD, "The refresh token has expired.");
        }
        int number = login.granted() + 1;
        jdbc.sql("update fake_login set granted = :number, previous = secret, secret = :next where account = :account")
                .param("number", number)
                .param("next", secret(ask.account(), number))
                .param("account", ask.account())
                .update();
        return new TokenAnswer.Granted(
                new Secret(access(ask.account(), number)),
                new Secret(secret(ask.account(), number)),
                life,
                "user-of-" + ask.account());
    }
}
