package dev.serai.testkit.sdk;

import dev.serai.testkit.Gateway;
import java.net.http.HttpResponse;

/** The protocols that have an official client. */
public enum Sdk {
    CHAT("[DONE]"),
    RESPONSES("response.completed"),
    MESSAGES("message_stop"),
    GEMINI("\"finishReason\"");

    private final String end;

    Sdk(String end) {
        this.end = end;
    }

    /** A client of the gateway with the key that every test gateway knows. */
    public SdkClient open(Gateway gateway) {
        return switch (this) {
            case CHAT -> new ChatSdk(gateway);
            case RESPONSES -> new ResponsesSdk(gateway);
            case MESSAGES -> new MessagesSdk(gateway);
            case GEMINI -> new GeminiSdk(gateway);
        };
    }

    /** Asks without the client; the answer as it came. */
    public HttpResponse<String> post(Gateway gateway, String model, boolean stream) {
        String turns = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
        String head = "{\"model\":\"" + model + "\",\"stream\":" + stream + ",";
        String[] key = {"authorization", "Bearer " + Gateway.KEY};
        return switch (this) {
            case CHAT -> gateway.post("/v1/chat/completions", head + turns + "}", key);
            case RESPONSES -> gateway.post("/v1/responses", head + "\"store\":false,\"input\":\"Hello\"}", key);
            case MESSAGES -> gateway.post("/v1/messages", head + "\"max_tokens\":100," + turns + "}", key);
            case GEMINI ->
                gateway.post(
                        "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"),
                        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}",
                        "x-goog-api-key",
                        Gateway.KEY);
        };
    }

    /** Whether a stream looks as if all of it had come. */
    public boolean looksComplete(String stream) {
        return stream.contains(end);
    }

    /** The status of an answer that says that nobody can serve it now. */
    public int overloaded() {
        return this == MESSAGES ? 529 : 503;
    }
}
