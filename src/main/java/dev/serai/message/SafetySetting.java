package dev.serai.message;

/** How strict the provider's filter for one category of harm is, in Gemini's words. */
public record SafetySetting(String category, String threshold) {}
