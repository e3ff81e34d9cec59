package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.CacheHint;
import dev.serai.message.ChatRequest;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.SystemBlock;
import dev.serai.message.SystemRole;
import dev.serai.protocol.Losses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** System text and turns as {@code messages}: tool results become messages of their own right behind their calls. Used once. */
final class MessagesEncoder {

    /** What a message without content must have; reasoning that led to nothing is no message. */
    private static final List<String> WITHOUT_CONTENT = List.of("refusal", "tool_calls", "audio");

    private final ChatRequest request;
    private final boolean replaysReasoning;
    private final Losses losses;
    private final ContentEncoder content;
    private final ArrayNode messages = Json.array();
    private final Map<String, Part.ToolCall> openCalls = new LinkedHashMap<>();

    MessagesEncoder(ChatRequest request, OpenAiChatDialect dialect, Losses losses) {
        this.request = request;
        this.losses = losses;
        this.replaysReasoning = dialect.replaysReasoning();
        boolean family = request.extensions().source().equals(OpenAiChatProtocol.NAME);
        this.content = new ContentEncoder(family || dialect.takesMediaUrls());
    }

    ArrayNode encode(@Nullable String prompt) {
        system(prompt);
        for (Message message : request.messages()) {
            switch (message.role()) {
                case USER -> user(message);
                case ASSISTANT -> assistant(message);
                case SYSTEM -> {
                    closeCalls();
                    messages.add(named("system", message).set("content", content.encode(message.parts())));
                }
            }
        }
        closeCalls();
        return messages;
    }

    /** Adjacent blocks of one rank make one message: many servers take only one. */
    private void system(@Nullable String prompt) {
        var blocks = new ArrayList<SystemBlock>();
        if (prompt != null && !prompt.isBlank()) {
            SystemRole role = request.system().isEmpty()
                    ? SystemRole.SYSTEM
                    : request.system().getFirst().role();
            blocks.add(new SystemBlock(prompt, null, role));
        }
        blocks.addAll(request.system());
        int from = 0;
        for (int i = 1; i <= blocks.size(); i++) {
            if (i == blocks.size() || blocks.get(i).role() != blocks.get(from).role()) {
                messages.add(systemMessage(blocks.subList(from, i)));
                from = i;
            }
        }
    }

    private ObjectNode systemMessage(List<SystemBlock> blocks) {
        String role = blocks.getFirst().role().name().toLowerCase(Locale.ROOT);
        ObjectNode message = Json.object().put("role", role);
        if (blocks.stream().allMatch(block -> block.cache() == null)) {
            return message.put(
                    "content",
                    String.join("\n\n", blocks.stream().map(SystemBlock::text).toList()));
        }
        List<Part> parts = new ArrayList<>();
        for (SystemBlock block : blocks) {
            CacheHint cache = block.cache();
            parts.add(new Part.Text(block.text(), List.of(), cache, null));
        }
        return message.set("content", content.encode(parts));
    }

    private void user(Message message) {
        List<Part> rest = new ArrayList<>();
        Map<String, Part.ToolResult> results = new LinkedHashMap<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                results.put(result.callId(), result);
            } else {
                rest.add(part);
            }
        }
        List<Part> media = new ArrayList<>();
        for (String id : List.copyOf(openCalls.keySet())) {
            Part.ToolResult result = results.remove(id);
            if (result != null) {
                openCalls.remove(id);
                messages.add(result(result, media));
            } else {
                noResult(id);
            }
        }
        results.values().forEach(orphan -> media.addAll(orphan.content()));
        media.addAll(rest);
        if (!media.isEmpty()) {
            messages.add(named("user", message).set("content", content.encode(media)));
        }
    }

    private void assistant(Message message) {
        closeCalls();
        ObjectNode node = named("assistant", message);
        AssistantEncoder.write(message.parts(), node);
        if (!node.hasNonNull("content") && WITHOUT_CONTENT.stream().noneMatch(node::has)) {
            return;
        }
        if (replaysReasoning) {
            ReasoningDetails.write(ownSeals(message.parts()), node);
        }
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolCall call) {
                openCalls.put(call.id(), call);
            }
        }
        messages.add(node);
    }

    /** Only the issuer of a seal can read it: that of another is left out, and so is reasoning that is nothing else. */
    private List<Part> ownSeals(List<Part> parts) {
        var own = new ArrayList<Part>();
        for (Part part : parts) {
            if (part instanceof Part.Reasoning it && isForeign(it.signature())) {
                if (it.text().isEmpty()) {
                    losses.drop("messages.reasoning");
                } else {
                    own.add(new Part.Reasoning(it.text(), it.form(), null));
                }
            } else if (!(part instanceof Part.ToolCall call && isForeign(call.signature()))) {
                own.add(part);
            }
        }
        return own;
    }

    private static boolean isForeign(@Nullable ProviderSignature seal) {
        return seal != null && !seal.issuer().equals(OpenAiChatProtocol.NAME);
    }

    /** Media cannot stand in a tool message: it goes into the user message behind. */
    private static ObjectNode result(Part.ToolResult result, List<Part> media) {
        var text = new StringBuilder();
        boolean moved = false;
        for (Part part : result.content()) {
            if (part instanceof Part.Text it) {
                text.append(text.isEmpty() ? "" : "\n").append(it.text());
            } else {
                media.add(part);
                moved = true;
            }
        }
        if (moved) {
            text.append(text.isEmpty() ? "" : "\n").append("(see next message)");
        }
        if (result.isError() && !text.toString().toLowerCase(Locale.ROOT).contains("error")) {
            text.insert(0, "Error: ");
        }
        return Json.object()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", text.toString());
    }

    private void closeCalls() {
        List.copyOf(openCalls.keySet()).forEach(this::noResult);
    }

    private void noResult(String id) {
        openCalls.remove(id);
        messages.add(Json.object().put("role", "tool").put("tool_call_id", id).put("content", "(no result)"));
    }

    private static ObjectNode named(String role, Message message) {
        ObjectNode node = Json.object().put("role", role);
        return message.name() == null ? node : node.put("name", message.name());
    }
}
