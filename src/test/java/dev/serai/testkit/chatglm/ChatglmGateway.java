package dev.serai.testkit.chatglm;

import static org.awaitility.Awaitility.await;

import dev.serai.account.AccountPools;
import dev.serai.credential.PoolMember;
import dev.serai.secret.Sealer;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.emulator.Examples;
import dev.serai.testkit.sdk.Sdk;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway whose models are all played by the emulator of chatglm.cn. */
public final class ChatglmGateway {

    /** The kind of provider. */
    public static final String KIND = "chatglm-web";

    private static @Nullable ChatglmGateway shared;

    private final ChatglmEmulator site = new ChatglmEmulator();
    private final Gateway gateway = Gateway.start(Map.of(
            "SEAL_KEYSET",
            Sealer.newKeyset(),
            "serai.accounts.health-interval",
            "1s",
            "serai.media.first-look",
            "100ms",
            "serai.media.slowest-look",
            "200ms",
            "serai.egress.allow",
            "127.0.0.0/8",
            "serai.chatglm-web.base-url",
            site.url()));
    private int models;

    private ChatglmGateway() {}

    /** The one that all tests of this JVM share. */
    public static synchronized ChatglmGateway shared() {
        if (shared == null) {
            shared = new ChatglmGateway();
        }
        return shared;
    }

    public ChatglmEmulator site() {
        return site;
    }

    public Gateway gateway() {
        return gateway;
    }

    /** The model's name, to callers and to the provider. */
    public String model() {
        return "glm-" + models;
    }

    /** So many new accounts and no others, and a new model, of which nobody has heard anything bad. */
    public List<ChatglmAccount> fresh(int count) {
        models++;
        site.chat().forget();
        timed("\"firstByte\":\"30s\"");
        gateway.database().jdbc().sql("delete from account").update();
        var accounts = Stream.generate(site.accounts()::register).limit(count).toList();
        var answer = gateway.post(
                "/admin/token",
                "{\"refresh_tokens\":["
                        + accounts.stream()
                                .map(account -> "\"" + account.refreshToken() + "\"")
                                .collect(Collectors.joining(","))
                        + "]}",
                "authorization",
                "Bearer " + Gateway.ADMIN_KEY);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        var ids = new HashSet<String>();
        Examples.tree(answer.body()).path("ids").forEach(id -> ids.add(id.asText()));
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> members().equals(ids));
        return accounts;
    }

    /** The model with these waiting times. */
    public void timed(String timeouts) {
        gateway.configure("{\"" + model() + "\":{\"timeouts\":{" + timeouts + "},\"providers\":[{\"provider\":\"" + KIND
                + "\",\"model\":\"" + model() + "\",\"endpoint\":\"" + site.url() + "\"}]}}");
    }

    /** How many accounts calls may be given to now. */
    public int usable() {
        return members().size();
    }

    private Set<String> members() {
        return gateway.bean(AccountPools.class).pool(KIND).members(site.url()).all().stream()
                .map(PoolMember::name)
                .collect(Collectors.toSet());
    }

    /** One question, without an official client. */
    public HttpResponse<String> ask(Sdk protocol, boolean stream) {
        return protocol.post(gateway, model(), stream);
    }

    /** One question of a Chat Completions caller. */
    public HttpResponse<String> ask(boolean stream) {
        return ask(Sdk.CHAT, stream);
    }

    /** A body of Chat Completions with further members. */
    public String body(boolean stream, String more) {
        return "{\"model\":\"" + model() + "\",\"stream\":" + stream + more
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    }
}
