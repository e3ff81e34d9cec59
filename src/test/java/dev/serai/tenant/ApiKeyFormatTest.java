package dev.serai.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFormatTest {

    private static final int MANY = 100_000;

    @Test
    void manyKeysAllParseAndNoneIsEqual() {
        ApiKeyFormat format = new ApiKeyFormat(RandomGenerator.of("L64X256MixRandom"));
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            String key = format.generate().reveal();
            keys.add(key);
            assertThat(ApiKeyFormat.isForged(key)).isFalse();
        }
        assertThat(keys).hasSize(MANY).allMatch(key -> key.matches(ApiKeyFormat.PATTERN));
    }

    @Test
    void everyChangedCharacterIsSeen() {
        String key = new ApiKeyFormat(new SecureRandom()).generate().reveal();
        for (int i = 3; i < key.length(); i++) {
            char other = key.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(ApiKeyFormat.isForged(key.substring(0, i) + other + key.substring(i + 1)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pk_",
                "pk_01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "ajianaz_01arz3ndektsv4rrffq69g5fav",
                "sk-0000000000000000000000000000000000000000000000",
                "pk_000000000000000000000000000000000000000000000-"
            })
    void keyOfAnotherFormIsNotJudged(String key) {
        assertThat(ApiKeyFormat.isForged(key)).isFalse();
    }
}
