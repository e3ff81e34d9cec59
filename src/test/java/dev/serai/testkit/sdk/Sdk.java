package dev.serai.testkit.sdk;

import dev.serai.testkit.Gateway;

/** The protocols that have an official client. */
public enum Sdk {
    CHAT,
    RESPONSES,
    MESSAGES,
    GEMINI;

    /** A client of the gateway with the key that every test gateway knows. */
    public SdkClient open(Gateway gateway) {
        return switch (this) {
            case CHAT -> new ChatSdk(gateway);
            case RESPONSES -> new ResponsesSdk(gateway);
            case MESSAGES -> new MessagesSdk(gateway);
            case GEMINI -> new GeminiSdk(gateway);
        };
    }
}
