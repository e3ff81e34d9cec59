package dev.serai.wires;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Role;
import dev.serai.message.Sampling;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, by the canonical names under which losses are reported; how a wire cuts, joins, orders and wraps it
 * makes no difference. A fact that is not there is not said.
 */
public final class Told {

    private final Map<String, Object> facts = new TreeMap<>();
    private final StringBuilder stretch = new StringBuilder();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private boolean assistantSpeaks;

    private Told() {}

    /** The facts by name. */
    public static Map<String, Object> by(ChatRequest request) {
        var told = new Told();
        told.say(
                "system",
                squeezed(request.system().stream().map(SystemBlock::text).collect(Collectors.joining())));
        request.messages().forEach(told::message);
        told.flush();
        request.tools().forEach(told::tool);
        ToolChoice choice = request.toolChoice();
        told.say("toolChoice", choice == null || choice instanceof ToolChoice.Auto ? null : choice(choice));
        boolean single = Boolean.FALSE.equals(request.parallelToolCalls()) && !(choice instanceof ToolChoice.None);
        told.say("parallelToolCalls", single ? false : null);
        told.sampling(request.sampling());
        told.say("maxOutputTokens", request.maxOutputTokens());
        Effort effort = request.reasoning().effectiveEffort();
        told.say("reasoning", effort);
        told.format(request.responseFormat());
        told.say("verbosity", request.verbosity());
        told.say("endUserId", request.endUserId());
        told.say("metadata", request.metadata().isEmpty() ? null : request.metadata());
        told.say("serviceTier", "auto".equals(request.serviceTier()) ? null : request.serviceTier());
        told.say("store", Boolean.TRUE.equals(request.store()) ? true : null);
        told.say("safety", request.safety().isEmpty() ? null : request.safety());
        return told.facts;
    }

    private void say(String name, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            facts.put(name, value);
        }
    }

    private void add(String name, @Nullable Object value) {
        if (value != null && facts.computeIfAbsent(name, unused -> new ArrayList<>()) instanceof ArrayList<?> list) {
            @SuppressWarnings("unchecked")
            var values = (ArrayList<Object>) list;
            values.add(value);
        }
    }

    // -- turns

    private void message(Message message) {
        change(message.role() == Role.ASSISTANT);
        message.parts().stream().filter(Part.ToolResult.class::isInstance).forEach(this::part);
        message.parts().stream()
                .filter(part -> !(part instanceof Part.ToolResult))
                .forEach(this::part);
    }

    /** Text of one speaker is one text, until the other one speaks. */
    private void change(boolean assistant) {
        if (assistant != assistantSpeaks) {
            flush();
        }
        assistantSpeaks = assistant;
    }

    private void flush() {
        if (!stretch.isEmpty()) {
            add("messages.text", (assistantSpeaks ? "assistant:" : "other:") + squeezed(stretch.toString()));
            stretch.setLength(0);
        }
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text it -> stretch.append(it.text());
            case Part.RefusalText it -> stretch.append(it.text());
            case Part.Image it -> {
                add("messages.image", source(it.source()));
                add("messages.image.detail", "auto".equals(it.detail()) ? null : it.detail());
            }
            case Part.Document it -> add("messages.document", source(it.source()));
            case Part.Audio it -> add("messages.audio", source(it.source()));
            case Part.Video it -> add("messages.video", source(it.source()));
            case Part.Reasoning it -> add("messages.reasoning", squeezed(it.text()));
            case Part.Opaque it -> add("messages.opaque", it.raw());
            case Part.ToolCall it -> call(it);
            case Part.ToolResult it -> result(it);
        }
    }

    private void call(Part.ToolCall call) {
        numbers.put(call.id(), numbers.size());
        add("messages.toolCall", call.name() + " " + call.kind());
        add(
                "messages.toolCall.arguments",
                call.kind() == ToolKind.CUSTOM ? call.arguments() : arguments(call.arguments()));
    }

    private void result(Part.ToolResult result) {
        var text = new StringBuilder();
        for (Part part : result.content()) {
            if (part instanceof Part.Text it) {
                text.append(it.text());
            } else {
                part(part);
            }
        }
        String said = squeezed(text.toString()).replaceFirst("^Error:", "").replace("(seenextmessage)", "");
        Integer number = numbers.get(result.callId());
        add("messages.toolResult", (number == null ? "of no call" : "of call " + number) + ": " + said);
        boolean failed =
                result.isError() || text.toString().toLowerCase(Locale.ROOT).contains("error");
        add("messages.toolResult.isError", failed);
    }

    // -- tools and wishes

    private void tool(ToolDef tool) {
        switch (tool) {
            case ToolDef.FunctionTool it -> {
                String description = it.description() == null ? "" : it.description();
                add("tools", List.of(it.name(), description, schema(it.parameters())));
                add("tools.strict", Boolean.TRUE.equals(it.strict()) ? it.name() : null);
            }
            case ToolDef.CustomTool it ->
                add("tools", List.of(it.name(), it.description() == null ? "" : it.description(), "free text"));
            case ToolDef.HostedTool it -> add("tools." + it.kind().name().toLowerCase(Locale.ROOT), it.raw());
        }
    }

    /** An object that may hold anything is what no schema means. */
    private static Object schema(@Nullable JsonNode schema) {
        if (schema == null
                || !schema.has("properties")
                || schema.get("properties").isEmpty()) {
            return "anything";
        }
        return schema;
    }

    /** One that must be called of one that is allowed is that one. */
    private static ToolChoice choice(ToolChoice choice) {
        return choice instanceof ToolChoice.Allowed allowed
                        && allowed.required()
                        && allowed.tools().size() == 1
                ? allowed.tools().getFirst()
                : choice;
    }

    private void sampling(Sampling sampling) {
        say("temperature", sampling.temperature());
        say("topP", sampling.topP());
        say("topK", sampling.topK());
        say("seed", sampling.seed());
        say("presencePenalty", orNothing(sampling.presencePenalty()));
        say("frequencyPenalty", orNothing(sampling.frequencyPenalty()));
        say("stop", sampling.stop().isEmpty() ? null : sampling.stop());
        say("n", sampling.n() == null || sampling.n() == 1 ? null : sampling.n());
        say("logprobs", Boolean.TRUE.equals(sampling.logprobs()) ? true : null);
        say("topLogprobs", sampling.topLogprobs());
        say("logitBias", sampling.logitBias().isEmpty() ? null : sampling.logitBias());
    }

    private static @Nullable Double orNothing(@Nullable Double penalty) {
        return penalty == null || penalty == 0 ? null : penalty;
    }

    private void format(@Nullable ResponseFormat format) {
        switch (format) {
            case null -> {}
            case ResponseFormat.TextFormat it -> {}
            case ResponseFormat.JsonObject it -> say("responseFormat", "any object");
            case ResponseFormat.JsonSchema it -> {
                JsonNode schema = it.schema();
                say("responseFormat", schema == null ? "any object" : schema);
                say("responseFormat.name", it.name());
                say("responseFormat.strict", Boolean.TRUE.equals(it.strict()) ? true : null);
            }
        }
    }

    // -- forms

    /** Without white space and without what wires wrap system text of the middle in. */
    static String squeezed(String text) {
        return text.replace("<system-reminder>", "")
                .replace("</system-reminder>", "")
                .replaceAll("[\\s\\u2028]+", "");
    }

    private static String source(MediaSource source) {
        return switch (source) {
            case MediaSource.Base64 it -> it.mediaType() + ";" + it.data();
            case MediaSource.Url it -> it.url();
            case MediaSource.FileId it -> it.protocol() + " file " + it.id();
            case MediaSource.InlineText it -> squeezed(it.text());
        };
    }

    /** Arguments as JSON where they are, so that white space and the order of members count for nothing. */
    static Object arguments(String text) {
        try {
            byte[] bytes =
                    text.isEmpty() ? "{}".getBytes(StandardCharsets.UTF_8) : text.getBytes(StandardCharsets.UTF_8);
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException notJson) {
            return text;
        }
    }
}
