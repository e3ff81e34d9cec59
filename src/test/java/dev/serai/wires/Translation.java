package dev.serai.wires;

import dev.serai.message.ChatRequest;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.protocol.ToolDisguise;
import dev.serai.protocol.UpstreamBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One request written in one wire and read there again.
 *
 * @param heard what the far side understands; null where the wire refuses the request
 * @param violations facts that were lost without a word, by name
 */
public record Translation(@Nullable ChatRequest heard, Map<String, String> violations) {

    /** Writes and reads. */
    public static Translation of(ChatRequest request, Wire wire, boolean stream) {
        var said = ToolDisguise.of(request, wire.surface().toolRules()).applied(request);
        UpstreamBody body;
        try {
            body = wire.surface().encode(said, wire.target(stream));
        } catch (Refusal refusal) {
            boolean allowed = refusal.failure().kind() == Kind.UNSUPPORTED_PARAMETER
                    && Allowed.refused(wire.name(), refusal.failure().param());
            return new Translation(
                    null,
                    allowed ? Map.of() : Map.of("refused", refusal.failure().toString()));
        }
        try {
            var heard = wire.decode(body.bytes(), stream);
            return new Translation(heard, violations(said, heard, body, wire));
        } catch (Refusal refusal) {
            return new Translation(null, Map.of("unreadable", refusal.failure() + in(body)));
        }
    }

    private static Map<String, String> violations(ChatRequest said, ChatRequest heard, UpstreamBody body, Wire wire) {
        var before = Told.by(said);
        var after = Told.by(heard);
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var found = new TreeMap<String, String>();
        for (String name : names) {
            Object was = before.get(name);
            Object is = after.get(name);
            if (!Objects.equals(was, is)
                    && !reported(name, body.dropped())
                    && !Allowed.silently(wire.name(), name, was, is)) {
                found.put(name, "\n  said  " + was + "\n  heard " + is + in(body));
            }
        }
        return found;
    }

    private static boolean reported(String fact, List<String> dropped) {
        return dropped.stream()
                .anyMatch(it -> it.equals(fact) || it.startsWith(fact + ".") || fact.startsWith(it + "."));
    }

    private static String in(UpstreamBody body) {
        return "\n  reported " + body.dropped() + "\n  wire  " + new String(body.bytes(), StandardCharsets.UTF_8);
    }
}
