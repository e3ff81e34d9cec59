package dev.serai.provider.zhipu;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish.Reason;
import dev.serai.protocol.UpstreamError;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesDialect;
import dev.serai.provider.InStreamErrors;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anthropic Messages as {@code api/anthropic} speaks it: the core of the wire, with Zhipu's stop reasons and error codes. */
final class ZhipuAnthropicDialect implements AnthropicMessagesDialect {

    private static final Set<String> UNKNOWN = Set.of(
            "container",
            "context_management",
            "diagnostics",
            "fallbacks",
            "inference_geo",
            "mcp_servers",
            "speed",
            "thread");

    private final InStreamErrors errors;

    ZhipuAnthropicDialect(InStreamErrors errors) {
        this.errors = errors;
    }

    @Override
    public String issuer() {
        return "zhipu";
    }

    @Override
    public boolean takesSystemTurns() {
        return false;
    }

    @Override
    public boolean hostsTools() {
        return false;
    }

    @Override
    public Set<String> unknownMembers() {
        return UNKNOWN;
    }

    @Override
    public Reason reason(String stopReason) {
        return switch (stopReason) {
            case "sensitive" -> Reason.CONTENT_FILTER;
            case "network_error" -> Reason.ERROR;
            default -> AnthropicMessagesDialect.GENERIC.reason(stopReason);
        };
    }

    @Override
    public @Nullable String renamedStop(String stopReason) {
        return stopReason.equals("sensitive") ? "refusal" : null;
    }

    @Override
    public Failure failure(UpstreamError error, FailureClass otherwise) {
        return errors.classify(error.code(), error.type(), error.message());
    }
}
