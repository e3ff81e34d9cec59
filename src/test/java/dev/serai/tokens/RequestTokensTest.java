package dev.serai.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Role;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTokensTest {

    private final RequestTokens tokens = new RequestTokens(Tokenizer.o200k());

    private TokenCount count(Part... parts) {
        return tokens.of(ChatRequest.builder("m")
                .messages(List.of(Message.of(Role.USER, List.of(parts))))
                .build());
    }

    /** Without the message around it. */
    private long part(Part part) {
        return count(part).total() - RequestTokens.ANSWER - RequestTokens.MESSAGE;
    }

    private static Part image(String data, @Nullable String detail) {
        return new Part.Image(new MediaSource.Base64("image/png", data), detail, null);
    }

    private static Part document(MediaSource source) {
        return new Part.Document(source, "f", null, null, null, null);
    }

    @Test
    void textAndMessagesCount() {
        var request = ChatRequest.builder("m")
                .system(List.of(SystemBlock.of("hello world")))
                .messages(List.of(Message.of(Role.USER, "hello world"), Message.of(Role.ASSISTANT, "hello")))
                .build();
        assertThat(tokens.of(request).total()).isEqualTo(3 + 3 * 4 + 2 + 2 + 1);
        assertThat(tokens.of(request).text()).isEqualTo(tokens.of(request).total());
    }

    @Test
    void toolsCallsAndResultsCount() throws IOException {
        byte[] schema = "{\"type\":\"object\"}".getBytes(StandardCharsets.UTF_8);
        var tree = Json.tree(schema, 0, schema.length);
        var tool = new ToolDef.FunctionTool("hello", "hello world", tree, null, null);
        long bare = tokens.of(ChatRequest.builder("m").build()).total();
        long with =
                tokens.of(ChatRequest.builder("m").tools(List.of(tool)).build()).total();
        assertThat(with - bare).isEqualTo(8 + 1 + 2 + Tokenizer.o200k().count("{\"type\":\"object\"}"));
        long structured = tokens.of(ChatRequest.builder("m")
                        .responseFormat(new ResponseFormat.JsonSchema("hello", null, tree, null))
                        .build())
                .total();
        assertThat(structured - bare).isEqualTo(1 + Tokenizer.o200k().count("{\"type\":\"object\"}"));
        assertThat(part(new Part.ToolCall("c", "hello", ToolKind.FUNCTION, "hello world", null)))
                .isEqualTo(8 + 1 + 2);
        var result = new Part.ToolResult("c", null, List.of(new Part.Text("hello"), image("", "low")), false, null);
        assertThat(part(result)).isEqualTo(8 + 1 + 85);
    }

    @Test
    void reasoningCountsByItsText() {
        assertThat(part(new Part.Reasoning("hello world", ReasoningForm.SUMMARY, null)))
                .isEqualTo(2);
        assertThat(part(new Part.Reasoning("", ReasoningForm.REDACTED, null))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "512,512,255",
        "513,512,425",
        "1024,1024,765",
        "4096,4096,765",
        "4096,1024,765",
        "2048,768,1445",
        "100,9,255",
        "1,20000,765"
    })
    void anImageCountsByItsTiles(int width, int height, long expected) {
        assertThat(part(image(Images.png(width, height), "high"))).isEqualTo(expected);
        assertThat(part(image(Images.png(width, height), "low"))).isEqualTo(85);
    }

    @Test
    void whatIsOnlyNamedCountsAsAUsualOne() {
        var url = new MediaSource.Url("https://example.org/x", null);
        assertThat(part(new Part.Image(url, null, null))).isEqualTo(765);
        assertThat(part(image("not base64", null))).isEqualTo(765);
        assertThat(part(document(url))).isEqualTo(1500);
        assertThat(part(new Part.Audio(url, null, null))).isEqualTo(32);
        assertThat(part(new Part.Video(url, null))).isEqualTo(258);
    }

    @Test
    void dataCountsByItsBytes() {
        String data = Base64.getEncoder().encodeToString(new byte[300_000]);
        var source = new MediaSource.Base64("application/pdf", data);
        assertThat(count(document(source)).document()).isEqualTo(300_000 / 16);
        assertThat(count(new Part.Audio(source, "mp3", null)).audio()).isEqualTo(600);
        assertThat(count(new Part.Video(source, null)).video()).isEqualTo(600);
    }

    @Test
    void aDocumentOfTextIsText() {
        String data = Base64.getEncoder().encodeToString("hello world".getBytes(StandardCharsets.UTF_8));
        assertThat(count(document(new MediaSource.Base64("text/plain", data))).text())
                .isEqualTo(3 + 4 + 2);
        assertThat(part(document(new MediaSource.InlineText("hello world")))).isEqualTo(2);
    }

    @Test
    void theRulesAreThoseOfThePage() throws IOException {
        String page = Files.readString(Path.of("docs/protocols.md"));
        Stream.of(
                        "| each block of system text and each message | " + RequestTokens.MESSAGE + " more |",
                        "| the beginning of the answer | " + RequestTokens.ANSWER + " |",
                        "| each tool, each call, each result | " + RequestTokens.TOOL + " more |",
                        "| an image with `detail: low` | " + MediaTokens.IMAGE_BASE + " |",
                        ": " + MediaTokens.IMAGE_BASE + " and " + MediaTokens.IMAGE_TILE
                                + " for each tile of 512 × 512 |",
                        "| an image by URL or id, or of unknown size | " + MediaTokens.USUAL_IMAGE + " |",
                        "| 1 for " + MediaTokens.DOCUMENT_BYTES + " bytes, at least " + MediaTokens.USUAL_DOCUMENT
                                + " |",
                        "| sound | 1 for " + MediaTokens.SOUND_BYTES + " bytes, at least " + MediaTokens.LEAST_AUDIO
                                + " |",
                        "| video | 1 for " + MediaTokens.SOUND_BYTES + " bytes, at least " + MediaTokens.LEAST_VIDEO
                                + " |")
                .forEach(rule -> assertThat(page).contains(rule));
    }
}
