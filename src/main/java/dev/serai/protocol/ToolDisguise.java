package dev.serai.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tools in a form that an upstream takes, and its calls back in the form that the caller knows. A name that does not fit
 * becomes its first characters and eight of its digest, the same in every turn; a tool that takes free text becomes a
 * function with one string parameter, {@value #INPUT}. One per attempt; {@link #revealing} makes one per answer.
 */
public final class ToolDisguise {

    private static final String INPUT = "input";
    private static final int DIGEST = 8;

    private final Map<String, String> toUpstream;
    private final Map<String, String> toCaller = new HashMap<>();
    private final Set<String> freeText;

    private ToolDisguise(Map<String, String> renamed, Set<String> freeText) {
        this.toUpstream = renamed;
        this.freeText = freeText;
        renamed.forEach((caller, upstream) -> toCaller.put(upstream, caller));
    }

    /** No disguise. */
    public static ToolDisguise none() {
        return new ToolDisguise(Map.of(), Set.of());
    }

    /** What the request's tools need under these rules. */
    public static ToolDisguise of(ChatRequest request, ToolRules rules) {
        var renamed = new LinkedHashMap<String, String>();
        var freeText = new HashSet<String>();
        for (ToolDef tool : request.tools()) {
            switch (tool) {
                case ToolDef.FunctionTool it -> rename(it.name(), rules, renamed);
                case ToolDef.CustomTool it -> {
                    rename(it.name(), rules, renamed);
                    if (!rules.freeText()) {
                        freeText.add(it.name());
                    }
                }
                case ToolDef.HostedTool it -> {}
            }
        }
        for (Message message : request.messages()) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall call) {
                    rename(call.name(), rules, renamed);
                    if (call.kind() == ToolKind.CUSTOM && !rules.freeText()) {
                        freeText.add(call.name());
                    }
                }
            }
        }
        return renamed.isEmpty() && freeText.isEmpty() ? none() : new ToolDisguise(renamed, freeText);
    }

    private static void rename(String name, ToolRules rules, Map<String, String> renamed) {
        if (!rules.allows(name)) {
            renamed.computeIfAbsent(name, it -> shortened(it, rules.maxLength()));
        }
    }

    private static String shortened(String name, int maxLength) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]", "_");
        if (plain.isEmpty() || !Character.isLetter(plain.charAt(0)) && plain.charAt(0) != '_') {
            plain = "_" + plain;
        }
        String head = plain.substring(0, Math.min(plain.length(), maxLength - DIGEST - 1));
        return head + "_" + digest(name);
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether nothing has to change. */
    public boolean isEmpty() {
        return toUpstream.isEmpty() && freeText.isEmpty();
    }

    // -- towards the upstream

    /** The request as the upstream is to see it. */
    public ChatRequest applied(ChatRequest request) {
        if (isEmpty()) {
            return request;
        }
        var choice = request.toolChoice();
        return request.toBuilder()
                .tools(request.tools().stream().map(this::tool).toList())
                .toolChoice(choice == null ? null : choice(choice))
                .messages(request.messages().stream().map(this::message).toList())
                .build();
    }

    private ToolDef tool(ToolDef tool) {
        return switch (tool) {
            case ToolDef.FunctionTool it ->
                new ToolDef.FunctionTool(
                        disguised(it.name()), it.description(), it.parameters(), it.strict(), it.cache());
            case ToolDef.CustomTool it ->
                freeText.contains(it.name())
                        ? new ToolDef.FunctionTool(disguised(it.name()), description(it), inputSchema(), null, null)
                        : new ToolDef.CustomTool(disguised(it.name()), it.description(), it.format());
            case ToolDef.HostedTool it -> it;
        };
    }

    /** A grammar cannot be kept as such: the model is told of it. */
    private static @Nullable String description(ToolDef.CustomTool tool) {
        JsonNode definition = tool.format() == null ? null : tool.format().findValue("definition");
        if (definition == null || !definition.isTextual()) {
            return tool.description();
        }
        String before = tool.description() == null ? "" : tool.description() + "\n\n";
        return before + "The parameter '" + INPUT + "' must follow this grammar:\n" + definition.textValue();
    }

    private static ObjectNode inputSchema() {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject(INPUT).put("type", "string");
        schema.putArray("required").add(INPUT);
        return schema;
    }

    private ToolChoice choice(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Auto it -> it;
            case ToolChoice.None it -> it;
            case ToolChoice.Required it -> it;
            case ToolChoice.Named it -> named(it);
            case ToolChoice.Allowed it ->
                new ToolChoice.Allowed(
                        it.required(), it.tools().stream().map(this::named).toList());
        };
    }

    private ToolChoice.Named named(ToolChoice.Named tool) {
        var kind = freeText.contains(tool.name()) ? ToolKind.FUNCTION : tool.kind();
        return new ToolChoice.Named(disguised(tool.name()), kind);
    }

    private Message message(Message message) {
        return new Message(
                message.role(), message.parts().stream().map(this::part).toList(), message.name(), message.phase());
    }

    private Part part(Part part) {
        if (part instanceof Part.ToolCall call) {
            boolean wrapped = call.kind() == ToolKind.CUSTOM && freeText.contains(call.name());
            return new Part.ToolCall(
                    call.id(),
                    disguised(call.name()),
                    wrapped ? ToolKind.FUNCTION : call.kind(),
                    wrapped ? wrapped(call.arguments()) : call.arguments(),
                    call.signature());
        }
        if (part instanceof Part.ToolResult result && result.name() != null) {
            return new Part.ToolResult(
                    result.callId(), disguised(result.name()), result.content(), result.isError(), result.cache());
        }
        return part;
    }

    private String disguised(String name) {
        return toUpstream.getOrDefault(name, name);
    }

    private static String wrapped(String input) {
        return new String(Json.bytes(Json.object().put(INPUT, input)), StandardCharsets.UTF_8);
    }

    // -- towards the caller

    /** A whole answer as the caller is to see it. */
    public ChatResponse revealed(ChatResponse response) {
        if (isEmpty()) {
            return response;
        }
        return new ChatResponse(
                response.id(),
                response.model(),
                response.created(),
                response.parts().stream().map(this::revealed).toList(),
                response.finish(),
                response.usage(),
                response.serviceTier(),
                response.logprobs(),
                response.extensions());
    }

    private Part revealed(Part part) {
        if (!(part instanceof Part.ToolCall call)) {
            return part;
        }
        String name = toCaller.getOrDefault(call.name(), call.name());
        boolean custom = freeText.contains(name);
        return new Part.ToolCall(
                call.id(),
                name,
                custom ? ToolKind.CUSTOM : call.kind(),
                custom ? unwrapped(call.arguments()) : call.arguments(),
                call.signature());
    }

    /** The free text inside of the one parameter; what has no such parameter is the text itself. */
    private static String unwrapped(String arguments) {
        try {
            byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
            JsonNode input = Json.tree(bytes, 0, bytes.length).path(INPUT);
            return input.isTextual() ? input.textValue() : arguments;
        } catch (IOException notJson) {
            return arguments;
        }
    }

    /**
     * A stage that reveals the events of one streamed answer. The arguments of a tool of free text are held until its
     * call ends, for they come as JSON and leave as text.
     */
    public Consumer<ChatEvent> revealing(Consumer<ChatEvent> next) {
        return isEmpty() ? next : new Revealing(next);
    }

    private final class Revealing implements Consumer<ChatEvent> {

        private final Consumer<ChatEvent> next;
        private final Map<Integer, StringBuilder> held = new HashMap<>();

        Revealing(Consumer<ChatEvent> next) {
            this.next = next;
        }

        @Override
        public void accept(ChatEvent event) {
            switch (event) {
                case ChatEvent.ToolCallStart it -> start(it);
                case ChatEvent.ToolCallArgsDelta it -> arguments(it);
                case ChatEvent.ToolCallEnd it -> {
                    var arguments = held.remove(it.index());
                    if (arguments != null) {
                        next.accept(new ChatEvent.ToolCallArgsDelta(it.index(), unwrapped(arguments.toString())));
                    }
                    next.accept(it);
                }
                default -> next.accept(event);
            }
        }

        private void arguments(ChatEvent.ToolCallArgsDelta delta) {
            var arguments = held.get(delta.index());
            if (arguments == null) {
                next.accept(delta);
            } else {
                arguments.append(delta.fragment());
            }
        }

        private void start(ChatEvent.ToolCallStart start) {
            String name = toCaller.getOrDefault(start.name(), start.name());
            boolean custom = freeText.contains(name);
            if (custom) {
                held.put(start.index(), new StringBuilder());
            }
            next.accept(new ChatEvent.ToolCallStart(
                    start.index(), start.id(), name, custom ? ToolKind.CUSTOM : start.kind()));
        }
    }
}
