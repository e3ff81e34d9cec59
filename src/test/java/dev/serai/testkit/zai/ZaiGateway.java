package dev.serai.testkit.zai;

import dev.serai.testkit.Gateway;
import dev.serai.testkit.sdk.Sdk;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A gateway whose model is played by an emulator of chat.z.ai: another one for each test, so that nothing
 * is remembered. */
public final class ZaiGateway {

    /** The model's name to callers. */
    public static final String MODEL = "zai";

    /** How many guests the gateway keeps. */
    public static final int GUESTS = 2;

    private static final int ACCOUNTS = 10;

    private static @Nullable ZaiGateway shared;

    private final Gateway gateway;
    private final List<ZaiEmulator> sites = new CopyOnWriteArrayList<>();

    private ZaiGateway() {
        var settings = new HashMap<String, Object>(Map.of("TOKEN_POOL_SIZE", GUESTS));
        try (var like = new ZaiEmulator()) {
            for (int i = 1; i <= ACCOUNTS; i++) {
                settings.put("ZAI_TOKEN_" + i, like.sessions().register().token());
            }
        }
        gateway = Gateway.start(settings);
    }

    /** The one that all tests of this JVM share. */
    public static synchronized ZaiGateway shared() {
        if (shared == null) {
            shared = new ZaiGateway();
        }
        return shared;
    }

    /** A new emulator. It ends with the JVM, so that no other one gets its port, and with it what the gateway remembers. */
    public ZaiEmulator fresh() {
        var site = new ZaiEmulator();
        sites.add(site);
        return site;
    }

    public Gateway gateway() {
        return gateway;
    }

    /** So many accounts of an emulator that is new, and no guests. */
    public List<ZaiSession> accounts(ZaiEmulator site, int count) {
        var accounts = Stream.generate(site.sessions()::register).limit(count).toList();
        use(site, count, "");
        return accounts;
    }

    /** Guests of an emulator. */
    public void guests(ZaiEmulator site) {
        use(site, 0, "");
    }

    /**
     * Puts the emulator in force.
     *
     * @param accounts how many of its first accounts are used; 0 for guests
     * @param more members of the provider's entry, with a comma in front
     */
    public void use(ZaiEmulator site, int accounts, String more) {
        String keys = IntStream.rangeClosed(1, accounts)
                .mapToObj(number -> "\"ZAI_TOKEN_" + number + "\"")
                .collect(Collectors.joining(","));
        gateway.configure(
                "{\"" + MODEL + "\":{\"providers\":[{\"provider\":\"zai-web\",\"model\":\"glm-4.7\",\"endpoint\":\""
                        + site.url() + "\"" + (keys.isEmpty() ? "" : ",\"apiKeys\":[" + keys + "]") + more + "}]}}");
    }

    /** One question, without an official client. */
    public HttpResponse<String> ask(Sdk protocol, boolean stream) {
        return protocol.post(gateway, MODEL, stream);
    }

    /** One question of a Chat Completions caller. */
    public HttpResponse<String> ask(boolean stream) {
        return ask(Sdk.CHAT, stream);
    }
}
