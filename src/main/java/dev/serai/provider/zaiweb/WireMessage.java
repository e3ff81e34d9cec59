package dev.serai.provider.zaiweb;

/** A turn as this wire has it: text and nothing else. @param role {@code system}, {@code user} or {@code assistant} */
record WireMessage(String role, String text) {}
