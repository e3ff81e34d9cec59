package dev.serai.wires;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ReasoningForm;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Role;
import dev.serai.message.SafetySetting;
import dev.serai.message.Sampling;
import dev.serai.message.SystemBlock;
import dev.serai.message.SystemRole;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Conversations that a caller may really have: turns in turn, calls answered; everything else as chance will have it. */
public final class RandomRequest {

    private final Chance chance;
    private final List<ToolDef> tools = new ArrayList<>();
    private int calls;

    private RandomRequest(long seed) {
        this.chance = new Chance(seed);
    }

    public static ChatRequest of(long seed) {
        return new RandomRequest(seed).request();
    }

    private ChatRequest request() {
        if (!chance.in(3)) {
            tools();
        }
        var request = ChatRequest.builder("public-model")
                .system(chance.some(0, 2, this::system))
                .messages(messages())
                .tools(tools)
                .sampling(sampling())
                .maxOutputTokens(chance.seldom(2, () -> (long) chance.between(1, 20_000)))
                .reasoning(reasoning())
                .responseFormat(chance.seldom(4, this::format))
                .verbosity(chance.seldom(6, () -> chance.any("low", "medium", "high")))
                .endUserId(chance.seldom(6, () -> chance.word(40)))
                .metadata(chance.in(6) ? Map.of(chance.word(10), chance.text()) : Map.of())
                .serviceTier(chance.seldom(6, () -> chance.any("auto", "default", "flex", "priority")))
                .store(chance.seldom(6, () -> chance.any(true, false)));
        if (!tools.isEmpty()) {
            request.toolChoice(chance.seldom(2, this::toolChoice));
            request.parallelToolCalls(chance.seldom(4, () -> chance.any(true, false)));
        }
        if (chance.in(12)) {
            request.safety(List.of(new SafetySetting("HARM_CATEGORY_HARASSMENT", "BLOCK_NONE")));
        }
        return request.build();
    }

    private SystemBlock system() {
        return new SystemBlock(chance.text(), null, chance.any(SystemRole.SYSTEM, SystemRole.DEVELOPER));
    }

    // -- tools

    private void tools() {
        var names = new LinkedHashSet<String>(chance.some(1, 4, this::toolName));
        for (String name : names) {
            if (chance.in(8)) {
                tools.add(new ToolDef.CustomTool(name, chance.text(), null));
            } else {
                tools.add(new ToolDef.FunctionTool(
                        name,
                        chance.seldom(2, chance::text),
                        chance.in(5) ? null : schema(),
                        chance.seldom(6, () -> false),
                        null));
            }
        }
    }

    private String toolName() {
        return switch (chance.below(12)) {
            case 0 -> chance.word(20) + "." + chance.word(60) + chance.word(60);
            case 1 -> "mcp__" + chance.word(60) + "__" + chance.word(60);
            case 2 -> "9" + chance.word(10);
            default -> chance.word(30);
        };
    }

    private ObjectNode schema() {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (String name : new LinkedHashSet<>(chance.some(0, 3, () -> chance.word(10)))) {
            ObjectNode property = properties.putObject(name).put("type", chance.any("string", "integer", "boolean"));
            if (chance.in(2)) {
                property.put("description", chance.text());
            }
            if (chance.in(4)) {
                property.put("type", "string").putArray("enum").add("a").add("b");
            }
        }
        if (chance.in(3)) {
            schema.put("additionalProperties", false);
            schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        }
        return schema;
    }

    private ToolChoice toolChoice() {
        return switch (chance.below(5)) {
            case 0 -> new ToolChoice.Auto();
            case 1 -> new ToolChoice.None();
            case 2 -> new ToolChoice.Required();
            case 3 -> named();
            default -> new ToolChoice.Allowed(chance.in(2), List.of(named()));
        };
    }

    private ToolChoice.Named named() {
        ToolDef tool = chance.any(tools);
        return new ToolChoice.Named(name(tool), kind(tool));
    }

    private static String name(ToolDef tool) {
        return switch (tool) {
            case ToolDef.FunctionTool it -> it.name();
            case ToolDef.CustomTool it -> it.name();
            case ToolDef.HostedTool it -> throw new IllegalStateException("none is made");
        };
    }

    private static ToolKind kind(ToolDef tool) {
        return tool instanceof ToolDef.CustomTool ? ToolKind.CUSTOM : ToolKind.FUNCTION;
    }

    // -- turns

    private List<Message> messages() {
        var messages = new ArrayList<Message>();
        messages.add(Message.of(Role.USER, userParts()));
        int turns = chance.below(4);
        for (int i = 0; i < turns; i++) {
            if (chance.in(8)) {
                messages.add(Message.of(Role.SYSTEM, chance.text()));
            }
            var made = new ArrayList<Part.ToolCall>();
            messages.add(Message.of(Role.ASSISTANT, assistantParts(made)));
            var answer = new ArrayList<Part>();
            made.forEach(call -> answer.add(result(call)));
            if (made.isEmpty() || chance.in(3)) {
                answer.addAll(userParts());
            }
            messages.add(Message.of(Role.USER, answer));
        }
        return messages;
    }

    private List<Part> userParts() {
        var parts = new ArrayList<Part>();
        parts.add(new Part.Text(chance.text()));
        while (chance.in(4)) {
            parts.add(chance.in(2) ? new Part.Text(chance.text()) : media());
        }
        return parts;
    }

    private Part media() {
        return switch (chance.below(24)) {
            case 0 -> new Part.Audio(new MediaSource.Base64("audio/wav", chance.base64()), "wav", null);
            case 1 -> new Part.Video(new MediaSource.Url("https://media.example/v.mp4", "video/mp4"), null);
            case 2 ->
                new Part.Document(
                        new MediaSource.Url("https://media.example/d.pdf", "application/pdf"),
                        null,
                        null,
                        null,
                        null,
                        null);
            case 3, 4, 5 ->
                new Part.Document(
                        new MediaSource.Base64("application/pdf", chance.base64()),
                        "paper.pdf",
                        null,
                        null,
                        null,
                        null);
            default -> image();
        };
    }

    private Part.Image image() {
        MediaSource source = chance.in(3)
                ? new MediaSource.Url("https://media.example/" + chance.word(8) + ".png", "image/png")
                : new MediaSource.Base64(
                        chance.any("image/png", "image/jpeg", "image/gif", "image/webp"), chance.base64());
        return new Part.Image(source, chance.seldom(5, () -> chance.any("low", "high", "auto")), null);
    }

    private List<Part> assistantParts(List<Part.ToolCall> made) {
        var parts = new ArrayList<Part>();
        if (chance.in(6)) {
            parts.add(new Part.Reasoning(chance.text(), ReasoningForm.FULL, null));
        }
        if (chance.in(12)) {
            parts.add(new Part.RefusalText(chance.text()));
            return parts;
        }
        if (!tools.isEmpty() && !chance.in(3)) {
            if (chance.in(2)) {
                parts.add(new Part.Text(chance.text()));
            }
            chance.some(1, 3, this::call).forEach(call -> {
                parts.add(call);
                made.add(call);
            });
        } else {
            parts.add(new Part.Text(chance.text()));
        }
        return parts;
    }

    private Part.ToolCall call() {
        ToolDef tool = chance.any(tools);
        String arguments = kind(tool) == ToolKind.CUSTOM
                ? chance.text()
                : chance.in(20) ? "{\"cut\":\"of" : text(chance.object(2));
        return new Part.ToolCall("call_" + calls++ + chance.word(12), name(tool), kind(tool), arguments, null);
    }

    private static String text(ObjectNode node) {
        return new String(Json.bytes(node), StandardCharsets.UTF_8);
    }

    private Part.ToolResult result(Part.ToolCall call) {
        var content = new ArrayList<Part>();
        content.add(new Part.Text(chance.text()));
        if (chance.in(8)) {
            content.add(image());
        }
        return new Part.ToolResult(call.id(), call.name(), content, chance.in(6), null);
    }

    // -- wishes

    private Sampling sampling() {
        var bias = new LinkedHashMap<String, Double>();
        if (chance.in(20)) {
            bias.put("50256", -100.0);
        }
        Boolean logprobs = chance.seldom(40, () -> true);
        return new Sampling(
                chance.seldom(4, () -> chance.number(0, 2)),
                chance.seldom(6, () -> chance.number(0.1, 1)),
                chance.seldom(12, () -> chance.between(1, 100)),
                chance.seldom(10, () -> (long) chance.below(1_000_000)),
                chance.seldom(12, () -> chance.number(-1, 1)),
                chance.seldom(12, () -> chance.number(-1, 1)),
                chance.in(8) ? chance.some(1, 3, chance::text) : List.of(),
                chance.seldom(40, () -> chance.between(1, 2)),
                logprobs,
                logprobs == null ? null : 3,
                bias);
    }

    private ReasoningOptions reasoning() {
        if (!chance.in(3)) {
            return ReasoningOptions.DEFAULT;
        }
        return new ReasoningOptions(
                ReasoningOptions.Mode.DEFAULT,
                chance.any(Effort.values()),
                null,
                chance.any(ReasoningOptions.Visibility.DEFAULT, ReasoningOptions.Visibility.SUMMARY),
                null);
    }

    private ResponseFormat format() {
        return switch (chance.below(3)) {
            case 0 -> new ResponseFormat.TextFormat();
            case 1 -> new ResponseFormat.JsonObject();
            default -> new ResponseFormat.JsonSchema(chance.word(20), null, schema(), chance.seldom(2, () -> true));
        };
    }
}
