package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {

    private static final String CONSTANT = "8a1317a7468aa3ad86e997d08f3f31cb";
    private static final String NONCE = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "1700000000124, 1700000000134, c3a17ec35924bb9857edddb313042d92",
        "1767225600000, 1767225600060, d7222b4481f52e5b654cb184ba283e41",
        "1790732179905, 1790732179905, 8ea07b1ced09b27f2db07f51de4ea41e",
    })
    void theTimeGetsItsCheckDigitAndTheDigestCoversIt(long millis, String timestamp, String digest) {
        assertThat(Signature.of(millis, NONCE, CONSTANT)).isEqualTo(new Signature(timestamp, NONCE, digest));
    }

    @Test
    void theDigestIsOfTimeNonceAndConstant() {
        assertThat(Signature.digest("1700000000000-nonce-" + CONSTANT)).isEqualTo("189bdf1b3dba3b69cc7171ccb4dae8e7");
    }

    @Test
    void theDeviceIsTheOneThatTheTokenClaims() {
        assertThat(DeviceId.of(token("{\"device_id\":\"00112233445566778899aabbccddeeff\"}")))
                .isEqualTo("00112233445566778899aabbccddeeff");
    }

    @Test
    void aTokenThatClaimsNoDeviceHasOneThatStaysTheSame() {
        assertThat(DeviceId.of(new Secret("opaque")))
                .matches("[0-9a-f]{32}")
                .isEqualTo(DeviceId.of(new Secret("opaque")));
        assertThat(DeviceId.of(token("{\"device_id\":\"../../etc\"}"))).matches("[0-9a-f]{32}");
        assertThat(DeviceId.of(new Secret("a.!!!.c"))).matches("[0-9a-f]{32}");
    }

    private static Secret token(String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return new Secret("e30." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".sig");
    }
}
