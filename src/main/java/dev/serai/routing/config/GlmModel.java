package dev.serai.routing.config;

import java.util.List;

/**
 * A chat model of Z.AI, as its documentation describes it.
 *
 * @param contextWindow in tokens
 * @param maxOutputTokens in tokens
 */
record GlmModel(String name, long contextWindow, long maxOutputTokens) {

    /** Those that {@code ZAI_API_KEY} alone makes available, the newest first. */
    static final List<GlmModel> ALL = List.of(
            new GlmModel("glm-5.3", 1_048_576, 131_072),
            new GlmModel("glm-5.3-flash", 1_000_000, 131_072),
            new GlmModel("glm-5.2", 1_000_000, 131_072),
            new GlmModel("glm-5.1", 200_000, 131_072),
            new GlmModel("glm-5", 204_800, 131_072),
            new GlmModel("glm-5-turbo", 200_000, 131_072),
            new GlmModel("glm-5v-turbo", 200_000, 131_072),
            new GlmModel("glm-4.7", 204_800, 131_072),
            new GlmModel("glm-4.7-flash", 200_000, 131_072),
            new GlmModel("glm-4.7-flashx", 200_000, 131_072),
            new GlmModel("glm-4.6", 204_800, 131_072),
            new GlmModel("glm-4.6v", 128_000, 32_768),
            new GlmModel("glm-4.6v-flash", 128_000, 32_768),
            new GlmModel("glm-4.6v-flashx", 128_000, 32_768),
            new GlmModel("glm-4.5", 131_072, 98_304),
            new GlmModel("glm-4.5-air", 131_072, 98_304),
            new GlmModel("glm-4.5-airx", 131_072, 98_304),
            new GlmModel("glm-4.5-flash", 131_072, 98_304),
            new GlmModel("glm-4.5v", 64_000, 16_384));
}
