package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.testkit.Gateway;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Behind a proxy that is trusted each caller is counted by its own address, and nobody can pretend another. */
class ProxyProof {

    private static HttpResponse<String> from(Gateway gateway, String forwarded, String key) {
        return gateway.get("/admin/audit", "x-forwarded-for", forwarded, "x-admin-key", key);
    }

    private static void guess(Gateway gateway, String caller) {
        for (int i = 1; i <= 5; i++) {
            assertThat(from(gateway, "198.51.100." + i + ", " + caller, "guess").statusCode())
                    .isEqualTo(401);
        }
        assertThat(from(gateway, "198.51.100.9, " + caller, "guess").statusCode())
                .isEqualTo(429);
    }

    @Test
    void aTrustedProxyTellsWhoCallsByTheLastAddress() {
        try (var gateway = Gateway.start(Map.of("TRUSTED_PROXIES", "127\\.0\\.0\\.1"))) {
            guess(gateway, "203.0.113.5");
            assertThat(from(gateway, "203.0.113.6", Gateway.ADMIN_KEY).statusCode())
                    .as("another caller behind the same proxy")
                    .isEqualTo(200);
            assertThat(from(gateway, "203.0.113.5, 203.0.113.6", Gateway.ADMIN_KEY)
                            .statusCode())
                    .as("what stands before the last address is the caller's own word")
                    .isEqualTo(200);
            var made = gateway.post(
                    "/admin/api-keys",
                    "{\"name\":\"a\"}",
                    "x-forwarded-for",
                    "203.0.113.5, 203.0.113.6",
                    "x-admin-key",
                    Gateway.ADMIN_KEY);
            assertThat(made.statusCode()).isEqualTo(201);
            assertThat(from(gateway, "203.0.113.6", Gateway.ADMIN_KEY).body()).contains("\"address\":\"203.0.113.6\"");
        }
    }

    @Test
    void whoIsNotTrustedIsCountedByItsConnectionWhateverItSays() {
        for (var trust :
                java.util.List.<Map<String, Object>>of(Map.of(), Map.of("TRUSTED_PROXIES", "10\\.0\\.0\\.1"))) {
            try (var gateway = Gateway.start(trust)) {
                for (int i = 1; i <= 5; i++) {
                    assertThat(from(gateway, "203.0.113." + i, "guess").statusCode())
                            .isEqualTo(401);
                }
                assertThat(from(gateway, "203.0.113.77", Gateway.ADMIN_KEY).statusCode())
                        .isEqualTo(429);
            }
        }
    }
}
