package dev.serai.testkit.zai;

import org.jspecify.annotations.Nullable;

/** The calls of the service that the emulator answers, with their numbers in the description of the wire. */
public enum ZaiEndpoint {
    /** Z1. */
    AUTHS("GET", "/api/v1/auths/"),
    /** Z1b. */
    GUEST("POST", "/api/v1/auths/guest"),
    /** Z2. */
    MODELS("GET", "/api/models"),
    /** Z3. */
    CONFIG("GET", "/api/config"),
    /** Z4. */
    CHAT("POST", "/api/chat/completions"),
    /** Z4b. */
    CHAT_V2("POST", "/api/v2/chat/completions"),
    /** Z5. */
    NEW_CHAT("POST", "/api/v1/chats/new"),
    /** Z6. */
    DELETE_CHATS("DELETE", "/api/v1/chats/"),
    /** Z7. */
    UPLOAD("POST", "/api/v1/files/"),
    /** Z8. */
    HOME("GET", "/");

    private final String method;
    private final String path;

    ZaiEndpoint(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static @Nullable ZaiEndpoint of(String method, String path) {
        for (var endpoint : values()) {
            if (endpoint.method.equals(method) && endpoint.path.equals(path)) {
                return endpoint;
            }
        }
        return null;
    }

    public String path() {
        return path;
    }
}
