package dev.serai.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {

    @Test
    void aFixedPathMatchesItselfOnly() {
        var path = PathTemplate.of("/v1/models");
        assertThat(path.match("/v1/models")).isEmpty();
        assertThat(path.match("/v1/models/")).isNull();
        assertThat(path.match("/v1/model")).isNull();
    }

    @Test
    void aVariableTakesTheRestWithItsSlashes() {
        var path = PathTemplate.of("/v1/models/{id}");
        assertThat(path.match("/v1/models/team/a/b")).isEqualTo(Map.of("id", "team/a/b"));
        assertThat(path.match("/v1/models/")).isNull();
    }

    @Test
    void aVariableEndsBeforeTheVerb() {
        var path = PathTemplate.of("/v1beta/models/{model}:generateContent");
        assertThat(path.match("/v1beta/models/a/b:c:generateContent")).isEqualTo(Map.of("model", "a/b:c"));
        assertThat(path.match("/v1beta/models/a:streamGenerateContent")).isNull();
        assertThat(path.match("/v1beta/models/:generateContent")).isNull();
    }

    @Test
    void theMoreParticularPathIsAskedFirst() {
        assertThat(PathTemplate.of("/v1/models/{id}:countTokens").weight())
                .isGreaterThan(PathTemplate.of("/v1/models/{id}").weight());
        assertThat(PathTemplate.of("/v1/models").weight())
                .isGreaterThan(PathTemplate.of("/v1/models/{id}:countTokens").weight());
    }

    @Test
    void twoVariablesAreRefusedAtTheStart() {
        assertThatThrownBy(() -> PathTemplate.of("/{a}/{b}")).isInstanceOf(IllegalArgumentException.class);
    }
}
