package dev.serai.testkit.chatglm;

import org.jspecify.annotations.Nullable;

/** The calls of the service that the emulator answers, with their numbers in the description of the wire. */
public enum ChatglmEndpoint {
    /** E1. */
    REFRESH("POST", "/chatglm/user-api/user/refresh"),
    /** E2. */
    GUEST("POST", "/chatglm/user-api/guest/access"),
    /** E3. */
    USER_INFO("GET", "/chatglm/user-api/user/info"),
    /** E4. */
    STREAM("POST", "/chatglm/backend-api/assistant/stream"),
    /** E5. */
    DELETE("POST", "/chatglm/backend-api/assistant/conversation/delete"),
    /** E5b. */
    BULK_DELETE("POST", "/chatglm/mainchat-api/conversation/bulk_delete"),
    /** E6. */
    UPLOAD("POST", "/chatglm/backend-api/assistant/file_upload"),
    /** E6b. */
    CHAT_UPLOAD("POST", "/chatglm/productivity-api/file/chat_upload"),
    /** E7. */
    VIDEO_UPLOAD("POST", "/chatglm/video-api/v1/static/upload"),
    /** E10. */
    VIDEO_SOUND("POST", "/chatglm/video-api/v1/static/composite_video"),
    /** E8. */
    VIDEO("POST", "/chatglm/video-api/v1/chat"),
    /** E9. */
    VIDEO_STATUS("GET", "/chatglm/video-api/v1/chat/status/*"),
    /** E11. */
    VIDEO_DELETE("DELETE", "/chatglm/video-api/v1/chat/*"),
    /** E12. */
    MODELS("GET", "/chatglm/agent-api/operation/detail"),
    /** E13. */
    TIME("GET", "/chatglm/operation-api/config/cur_ts"),
    /** What links in answers lead to; no call of the service. */
    ASSET("GET", "/asset/*");

    private final String method;
    private final String path;

    ChatglmEndpoint(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static @Nullable ChatglmEndpoint of(String method, String path) {
        for (var endpoint : values()) {
            if (endpoint.method.equals(method) && endpoint.has(path)) {
                return endpoint;
            }
        }
        return null;
    }

    public String path() {
        return path;
    }

    /** What stands in a path at the place of the star. */
    String id(String actual) {
        return actual.substring(path.length() - 1);
    }

    boolean isUpload() {
        return this == UPLOAD || this == CHAT_UPLOAD || this == VIDEO_UPLOAD;
    }

    boolean isVideo() {
        return path.contains("/video-api/");
    }

    private boolean has(String actual) {
        if (!path.endsWith("*")) {
            return path.equals(actual);
        }
        String stem = path.substring(0, path.length() - 1);
        return actual.startsWith(stem) && actual.length() > stem.length() && actual.indexOf('/', stem.length()) < 0;
    }
}
