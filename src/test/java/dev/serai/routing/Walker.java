package dev.serai.routing;

import dev.serai.credential.TestNanos;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.routing.config.ModelEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Walks over entries in test time. */
final class Walker {

    final TestNanos time = new TestNanos();
    final FailoverState state;

    Walker() {
        this(0);
    }

    Walker(int limit) {
        state = FailoverState.empty(time, new Random(7), host -> limit);
    }

    Walk walk(ModelEntry entry) {
        return walk(entry, Long.MAX_VALUE, false);
    }

    Walk walk(ModelEntry entry, long deadline, boolean failoverOff) {
        return new Walk(state, state.plans().plan(entry), "", deadline, failoverOff);
    }

    /** A whole call: the names of the keys tried, the last one being {@code ok} when it answered. */
    List<String> call(ModelEntry entry, BiFunction<String, Integer, @Nullable Failure> upstream) {
        var tried = new ArrayList<String>();
        try (var walk = walk(entry)) {
            for (var at = walk.next(); at != null; at = walk.next()) {
                var name = name(at);
                tried.add(name);
                var failure = upstream.apply(name, tried.size());
                if (failure == null) {
                    walk.succeeded(at);
                    tried.add("ok");
                    return tried;
                }
                walk.failed(at, failure);
            }
        }
        return tried;
    }

    static String name(Candidate candidate) {
        var key = candidate.key();
        return key == null ? candidate.provider().baseUrl().substring("https://".length()) : key.name();
    }

    static Failure failure(FailureClass type) {
        return failure(type, null);
    }

    static Failure failure(FailureClass type, @Nullable Duration wait) {
        var kind = switch (type) {
            case CLIENT, REASONING -> Kind.INVALID_REQUEST;
            case CONTEXT -> Kind.CONTEXT_LENGTH_EXCEEDED;
            case CONTENT -> Kind.CONTENT_BLOCKED;
            case MODEL -> Kind.MODEL_NOT_FOUND;
            case TIMEOUT_FIRST_BYTE -> Kind.TIMEOUT;
            case UPSTREAM, NETWORK, STREAM_BROKEN, EMPTY -> Kind.UPSTREAM_ERROR;
            case CLIENT_GONE -> Kind.CLIENT_CLOSED;
            case GATEWAY -> Kind.INTERNAL;
            default -> Kind.OVERLOADED;
        };
        var message = kind == Kind.OVERLOADED ? "No provider can take the request right now." : "as " + type;
        return new Failure(kind, type, message, null, wait);
    }
}
