package dev.serai.wires;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The outline of a request in any wire, read without the gateway's own decoders: what must not get lost on the way.
 *
 * @param foreign top-level members that the wire does not have
 * @param tools names of functions, those in a namespace too
 * @param calls names of the calls of the history, in order
 * @param results how many results it has
 * @param unanswered calls and results that have no partner
 * @param images how many pictures it has
 * @param prompt all text of users
 */
public record RequestSketch(
        List<String> foreign,
        List<String> tools,
        List<String> calls,
        int results,
        int unanswered,
        int images,
        String prompt) {

    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "openai-chat",
            words(
                    "model messages max_completion_tokens max_tokens temperature top_p n stop presence_penalty frequency_penalty logit_bias"
                            + " logprobs top_logprobs seed stream stream_options tools tool_choice parallel_tool_calls response_format reasoning_effort"
                            + " verbosity modalities audio prediction web_search_options metadata store service_tier prompt_cache_key"
                            + " prompt_cache_options prompt_cache_retention safety_identifier user thinking do_sample user_id tool_stream request_id"),
            "openai-responses",
            words(
                    "model input instructions max_output_tokens max_tool_calls temperature top_p top_logprobs tools tool_choice parallel_tool_calls"
                            + " reasoning text include store stream stream_options truncation metadata service_tier prompt_cache_key"
                            + " prompt_cache_options prompt_cache_retention safety_identifier user client_metadata"),
            "anthropic-messages",
            words(
                    "model max_tokens messages system stop_sequences stream temperature top_p top_k tools tool_choice thinking output_config metadata"
                            + " service_tier cache_control container context_management"),
            "gemini",
            words(
                    "contents systemInstruction tools toolConfig safetySettings generationConfig cachedContent serviceTier labels store"));

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    /** @param wire a protocol's name */
    public static RequestSketch of(String wire, JsonNode body) {
        var collector = new Collector();
        switch (wire) {
            case "openai-chat" -> collector.chat(body);
            case "openai-responses" -> collector.responses(body);
            case "anthropic-messages" -> collector.anthropic(body);
            case "gemini" -> collector.gemini(body);
            default -> throw new IllegalArgumentException(wire);
        }
        var foreign = new ArrayList<String>();
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.getOrDefault(wire, Set.of()).contains(name)) {
                foreign.add(name);
            }
        });
        return collector.sketch(foreign);
    }

    private static final class Collector {

        private final List<String> tools = new ArrayList<>();
        private final List<String> calls = new ArrayList<>();
        private final Set<String> open = new LinkedHashSet<>();
        private final StringBuilder prompt = new StringBuilder();
        private int results;
        private int orphans;
        private int images;

        private void chat(JsonNode body) {
            for (JsonNode tool : body.path("tools")) {
                addUnlessHosted(tool.path(tool.path("type").asText()).path("name"));
            }
            for (JsonNode message : body.path("messages")) {
                message.path("tool_calls")
                        .forEach(call -> call(
                                call.path("id").asText(),
                                call.path(call.path("type").asText())
                                        .path("name")
                                        .asText()));
                if (message.path("role").asText().equals("tool")) {
                    result(message.path("tool_call_id").asText());
                } else if (message.path("role").asText().equals("user")) {
                    content(message.path("content"), "image_url");
                }
            }
        }

        private void responses(JsonNode body) {
            for (JsonNode tool : body.path("tools")) {
                switch (tool.path("type").asText()) {
                    case "function", "custom" -> tools.add(tool.path("name").asText());
                    case "namespace" ->
                        tool.path("tools")
                                .forEach(inner -> tools.add(inner.path("name").asText()));
                    default -> {
                        // run by the provider itself
                    }
                }
            }
            for (JsonNode item : body.path("input")) {
                switch (item.path("type").asText("message")) {
                    case "function_call", "custom_tool_call" ->
                        call(item.path("call_id").asText(), item.path("name").asText());
                    case "function_call_output", "custom_tool_call_output" -> {
                        result(item.path("call_id").asText());
                        content(item.path("output"), "input_image");
                    }
                    default -> content(item.path("content"), "input_image");
                }
            }
        }

        private void anthropic(JsonNode body) {
            for (JsonNode tool : body.path("tools")) {
                addUnlessHosted(
                        tool.path("type").asText("custom").equals("custom") ? tool.path("name") : tool.path("none"));
            }
            for (JsonNode message : body.path("messages")) {
                for (JsonNode block : message.path("content")) {
                    switch (block.path("type").asText()) {
                        case "tool_use" ->
                            call(block.path("id").asText(), block.path("name").asText());
                        case "tool_result" -> {
                            result(block.path("tool_use_id").asText());
                            content(block.path("content"), "image");
                        }
                        default -> {
                            // read as content
                        }
                    }
                }
                content(message.path("content"), "image");
            }
        }

        private void gemini(JsonNode body) {
            for (JsonNode tool : body.path("tools")) {
                tool.path("functionDeclarations")
                        .forEach(function -> tools.add(function.path("name").asText()));
            }
            for (JsonNode turn : body.path("contents")) {
                for (JsonNode part : turn.path("parts")) {
                    prompt.append(part.path("text").asText("")).append('\n');
                    images += part.has("inlineData") ? 1 : 0;
                    if (part.has("functionCall")) {
                        call(
                                part.at("/functionCall/id").asText(),
                                part.at("/functionCall/name").asText());
                    } else if (part.has("functionResponse")) {
                        result(part.at("/functionResponse/id").asText());
                        images += part.at("/functionResponse/parts").size();
                    }
                }
            }
        }

        /** A tool that the provider runs itself has no name of its own. */
        private void addUnlessHosted(JsonNode name) {
            if (name.isTextual()) {
                tools.add(name.textValue());
            }
        }

        private void content(JsonNode content, String imageType) {
            if (content.isTextual()) {
                prompt.append(content.textValue()).append('\n');
            }
            for (JsonNode part : content) {
                prompt.append(part.path("text").asText("")).append('\n');
                images += part.path("type").asText().equals(imageType) ? 1 : 0;
            }
        }

        private void call(String id, String name) {
            calls.add(name);
            open.add(id);
        }

        private void result(String id) {
            results++;
            orphans += open.remove(id) ? 0 : 1;
        }

        private RequestSketch sketch(List<String> foreign) {
            return new RequestSketch(foreign, tools, calls, results, orphans + open.size(), images, prompt.toString());
        }
    }
}
