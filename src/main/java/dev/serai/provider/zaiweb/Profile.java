package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;

/** The two forms of the wire: {@code customParams.profile} of a provider names one. */
enum Profile {
    /** Signed, with a chat made beforehand, and with the ids of the request in the query. */
    P2026("/api/v2/chat/completions"),
    /** What the front end of August 2025 sent. */
    P2025("/api/chat/completions");

    /** The member of {@code customParams}; it goes to no wire. */
    static final String MEMBER = "profile";

    private final String path;

    Profile(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** @throws Refusal when the provider's entry names another */
    static Profile of(ObjectNode customParams) {
        var named = customParams.path(MEMBER);
        if (named.isMissingNode() || named.isNull()) {
            return P2026;
        }
        for (var profile : values()) {
            if (profile.name().equalsIgnoreCase(named.asText())) {
                return profile;
            }
        }
        throw new Refusal(Failure.of(
                Kind.UPSTREAM_ERROR,
                FailureClass.MODEL,
                "The provider's customParams.profile must be P2026 or P2025."));
    }
}
