package dev.serai.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.secret.Sealer.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealerTest {

    private static final Place HERE = new Place("account", "tk_1", "secret");
    private static final Secret TOKEN = new Secret("a-refresh-token");

    private final String keyset = Sealer.newKeyset();
    private final Sealer sealer = new Sealer(() -> new Secret(keyset));

    @Test
    void aBoxOpensAtItsPlaceOnly() {
        byte[] box = sealer.seal(TOKEN, HERE);
        assertThat(sealer.open(box, HERE)).isEqualTo(TOKEN);
        for (Place other : List.of(
                new Place("account", "tk_2", "secret"),
                new Place("account", "tk_1", "preview"),
                new Place("api_key", "tk_1", "secret"),
                new Place("accounttk_1", "", "secret"))) {
            assertThatThrownBy(() -> sealer.open(box, other))
                    .isInstanceOf(SealBroken.class)
                    .hasMessageNotContaining("refresh");
        }
    }

    @Test
    void aBoxSaysNothingAndNoTwoAreAlike() {
        byte[] box = sealer.seal(TOKEN, HERE);
        assertThat(new String(box, StandardCharsets.ISO_8859_1)).doesNotContain("refresh");
        assertThat(box).isNotEqualTo(sealer.seal(TOKEN, HERE));
        box[box.length - 1] ^= 1;
        assertThatThrownBy(() -> sealer.open(box, HERE)).isInstanceOf(SealBroken.class);
    }

    @Test
    void anotherKeysetDoesNotOpenIt() {
        byte[] box = sealer.seal(TOKEN, HERE);
        String other = Sealer.newKeyset();
        assertThatThrownBy(() -> new Sealer(() -> new Secret(other)).open(box, HERE))
                .isInstanceOf(SealBroken.class);
    }

    @Test
    void theKeysetIsReadAsJsonTooAndABrokenOneIsToldWithoutItsContent() {
        byte[] box = sealer.seal(TOKEN, HERE);
        String json = new String(Base64.getUrlDecoder().decode(keyset), StandardCharsets.UTF_8);
        assertThat(new Sealer(() -> new Secret(json)).open(box, HERE)).isEqualTo(TOKEN);
        for (String broken : List.of("{\"key\":[]}", "!!!", "YWJj")) {
            assertThatThrownBy(() -> new Sealer(() -> new Secret(broken)).seal(TOKEN, HERE))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageNotContaining(broken);
        }
    }
}
