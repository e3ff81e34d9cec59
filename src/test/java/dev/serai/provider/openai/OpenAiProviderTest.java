package dev.serai.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ReasoningOptions.Mode;
import dev.serai.message.ReasoningOptions.Visibility;
import dev.serai.message.Role;
import dev.serai.message.SignatureKind;
import dev.serai.message.ToolDef;
import dev.serai.routing.config.ProviderEntry;
import dev.serai.routing.config.Timeouts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of its two wires a call takes. */
class OpenAiProviderTest {

    private static final String OWN = "https://api.openai.com/v1";

    private static ProviderEntry entry(String kind, String url, boolean chatOnly) {
        return new ProviderEntry(
                kind,
                "m",
                List.of(),
                url,
                JsonNodeFactory.instance.objectNode(),
                1,
                chatOnly,
                null,
                null,
                Timeouts.NONE);
    }

    private static ChatRequestBuilder request() {
        return ChatRequest.builder("m").messages(List.of(Message.of(Role.USER, "hi")));
    }

    private static boolean uses(ProviderEntry entry, String spoken, ChatRequest request) {
        return OpenAiProvider.usesResponses(entry, spoken, () -> request);
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, "https://llm.example.com/v1"})
    void callerWhoSpeaksResponsesIsAnsweredInResponses(String url) {
        assertThat(uses(
                        entry("openai", url, false),
                        "openai-responses",
                        request().build()))
                .isTrue();
        assertThat(uses(
                        entry("openai", url, true),
                        "openai-responses",
                        request().build()))
                .isFalse();
        assertThat(uses(
                        entry("camel", "direct:x", false),
                        "openai-responses",
                        request().build()))
                .isFalse();
    }

    static Stream<ChatRequest> needs() {
        var seal = ProviderSignature.of("openai-responses", SignatureKind.ENCRYPTED_CONTENT, "gAAA");
        return Stream.of(
                request()
                        .reasoning(new ReasoningOptions(Mode.DEFAULT, null, null, Visibility.SUMMARY, null))
                        .build(),
                request()
                        .reasoning(new ReasoningOptions(Mode.BUDGET, null, 5000, Visibility.FULL, null))
                        .build(),
                request()
                        .tools(List.of(new ToolDef.HostedTool(
                                "gemini", ToolDef.HostedKind.WEB_SEARCH, JsonNodeFactory.instance.objectNode())))
                        .build(),
                request()
                        .messages(List.of(Message.of(
                                Role.USER,
                                List.of(new Part.Document(
                                        new MediaSource.Url("https://a.example/a.pdf", null),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null)))))
                        .build(),
                request()
                        .messages(List.of(Message.of(
                                Role.ASSISTANT, List.of(new Part.Reasoning("", ReasoningForm.REDACTED, seal)))))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("needs")
    void whatOnlyResponsesCarriesTakesItAtTheVendorOnly(ChatRequest request) {
        assertThat(uses(entry("openai", OWN, false), "anthropic-messages", request))
                .isTrue();
        assertThat(uses(entry("openai", OWN, true), "anthropic-messages", request))
                .isFalse();
        assertThat(uses(entry("openai", "https://llm.example.com/v1", false), "anthropic-messages", request))
                .isFalse();
        assertThat(uses(entry("openai", OWN, false), "openai-chat", request)).isFalse();
    }

    @Test
    void anythingElseTakesChat() {
        assertThat(uses(entry("openai", OWN, false), "gemini", request().build()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1,true",
        "https://eu.API.openai.com/v1,true",
        "https://api.openai.com.example.com/v1,false",
        "https://notapi.openai.com/v1,false",
        "http://127.0.0.1:1/v1,false",
        "direct:x,false"
    })
    void vendorsHostsAreKnown(String url, boolean own) {
        assertThat(OpenAiHosts.isOwn(url)).isEqualTo(own);
    }
}
