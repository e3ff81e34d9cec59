package dev.serai.protocol;

/**
 * What an answer's encoder must know of the request.
 *
 * @param requestId the call's id
 * @param model the model name as the caller asked for it; answers carry this one
 * @param stream the caller asked for a stream
 * @param includeUsage the caller asked for usage in the stream
 */
public record Reply(String requestId, String model, boolean stream, boolean includeUsage) {}
