package dev.serai.provider.zaiweb;

import java.util.Set;

/**
 * What the answer to one request is to look like.
 *
 * @param id of the answer
 * @param model the upstream's name of the model
 * @param thinkTags reasoning is text between {@code <think>} and {@code </think>}
 * @param tools names of the caller's own tools: calls of others are the service's own business
 */
record AnswerShape(String id, String model, boolean thinkTags, Set<String> tools) {

    AnswerShape {
        tools = Set.copyOf(tools);
    }
}
