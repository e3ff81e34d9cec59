package dev.serai.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.secret.Secret;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyDigestTest {

    private final KeyDigest digest = new KeyDigest(new Secret("pepper-of-the-test"));

    @Test
    void digestIsTheLabelledHmacOfTheKey() {
        // printf 'serai api key v1\0pk_test' | openssl dgst -sha256 -hmac pepper-of-the-test
        assertThat(HexFormat.of().formatHex(digest.of("pk_test").bytes()))
                .isEqualTo("904a344dd13dfd7785b5cf35f9445da8894ca949c8879587f58f57fa6f6323df");
    }

    @Test
    void anotherPepperIsAnotherDigestAndAnotherId() {
        KeyDigest other = new KeyDigest(new Secret("another-pepper-of-it"));
        assertThat(other.of("pk_test")).isNotEqualTo(digest.of("pk_test"));
        assertThat(other.pepperId()).isNotEqualTo(digest.pepperId()).hasSize(12);
    }

    @Test
    void manyThreadsGetTheSameDigest() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Digest>> digests = IntStream.range(0, 1_000)
                    .mapToObj(i -> threads.submit(() -> digest.of("pk_test")))
                    .toList();
            for (Future<Digest> each : digests) {
                assertThat(each.get()).isEqualTo(digest.of("pk_test"));
            }
        }
    }
}
