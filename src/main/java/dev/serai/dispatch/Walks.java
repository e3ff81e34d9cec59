package dev.serai.dispatch;

import dev.serai.call.Call;
import dev.serai.message.Refusal;
import dev.serai.routing.FailoverState;
import dev.serai.routing.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Begins the walk of a call over the candidates of its entry, and ends it with the call. */
final class Walks {

    private static final String FAILOVER = "x-gateway-failover";
    private static final String SESSION = "x-gateway-session";

    private final FailoverState state;
    private final List<MemberChoice> choices;

    Walks(FailoverState state, List<MemberChoice> choices) {
        this.state = state;
        this.choices = List.copyOf(choices);
    }

    Walk of(Call call) {
        var plan = state.plans().plan(call.entry());
        var walk = new Walk(state, plan, affinity(call), call.deadlineNanos(), failoverOff(call), members(call));
        call.atEnd(walk::close);
        return walk;
    }

    private Map<String, String> members(Call call) {
        if (choices.isEmpty()) {
            return Map.of();
        }
        var members = new HashMap<String, String>();
        for (var choice : choices) {
            var member = isTried(call, choice.kind()) ? choice.member(call) : null;
            if (member != null) {
                members.put(choice.kind(), member);
            }
        }
        return members;
    }

    private static boolean isTried(Call call, String kind) {
        return call.entry().providers().stream()
                .anyMatch(provider -> provider.kind().equals(kind));
    }

    private static String affinity(Call call) {
        String session = call.client().header(SESSION);
        return session == null || session.isBlank() ? call.envelope().affinity() : session.trim();
    }

    private static boolean failoverOff(Call call) {
        String value = call.client().header(FAILOVER);
        if (value == null || value.equals("on")) {
            return false;
        }
        if (value.equals("off")) {
            return true;
        }
        throw Refusal.invalid(FAILOVER, "'" + FAILOVER + "' must be 'on' or 'off'.");
    }
}
