package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Effort;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.protocol.Losses;
import dev.serai.protocol.OpenAiFields;
import dev.serai.protocol.Target;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A canonical request as a body of this wire, all but the ids that it gets when it is sent. */
final class ZaiRequestEncoder {

    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** A service that is given many images takes its time; the newest of a conversation count. */
    private static final int MOST_IMAGES = 10;

    private final Profile profile;
    private final String model;
    private final boolean folded;
    private final Clock clock;

    /** @param model the upstream's id @param folded the whole conversation is one message of the user's */
    ZaiRequestEncoder(Profile profile, String model, boolean folded, Clock clock) {
        this.profile = profile;
        this.model = model;
        this.folded = folded;
        this.clock = clock;
    }

    /**
     * A body and what goes with it.
     *
     * @param prompt the text of the last message of the user's, which is signed
     * @param tools names of the caller's tools in it
     * @param images what is to be uploaded, and where its ids belong
     */
    record Encoded(ObjectNode body, String prompt, Set<String> tools, List<ImagePlace> images, List<String> dropped) {}

    Encoded encode(ChatRequest request, Target target) {
        var losses = new Losses(target.refuseLosses());
        var turns = TurnTexts.of(request, target.prompt(), losses);
        var messages = folded ? TurnTexts.folded(turns) : turns;
        var body = Json.object().put("stream", true).put("model", model);
        var images = messages(messages, body.putArray("messages"), losses);
        features(request.reasoning(), body.putObject("features"));
        params(request, target, body.putObject("params"), losses);
        variables(body.putObject("variables"));
        fixed(body);
        var tools = tools(request, body, losses);
        leave(request, losses);
        target.customParams().properties().stream()
                .filter(param -> !param.getKey().equals(Profile.MEMBER)
                        && !param.getKey().equals("stream"))
                .forEach(param -> body.set(param.getKey(), param.getValue()));
        return new Encoded(body, prompt(messages), tools, images, losses.dropped());
    }

    private static List<ImagePlace> messages(List<WireMessage> messages, ArrayNode list, Losses losses) {
        var places = new ArrayList<ImagePlace>();
        int all = messages.stream().mapToInt(message -> message.images().size()).sum();
        int skipped = Math.max(0, all - MOST_IMAGES);
        dropIf(skipped > 0, "messages.image", losses);
        for (var message : messages) {
            var turn = list.addObject().put("role", message.role());
            if (message.images().size() <= skipped) {
                skipped -= message.images().size();
                turn.put("content", message.text());
                continue;
            }
            var content = turn.putArray("content");
            content.addObject().put("type", "text").put("text", message.text());
            for (var image : message.images().subList(skipped, message.images().size())) {
                var part = content.addObject().put("type", "image_url");
                places.add(new ImagePlace(image, part.putObject("image_url")));
            }
            skipped = 0;
        }
        return List.copyOf(places);
    }

    private void fixed(ObjectNode body) {
        body.putArray("tool_servers");
        body.putObject("background_tasks").put("title_generation", false).put("tags_generation", false);
        body.putObject("model_item").put("id", model).put("name", model).put("owned_by", "z-ai");
        if (profile == Profile.P2026) {
            body.putArray("mcp_servers");
            body.putObject("stream_options").put("include_usage", true);
            body.putObject("extra");
        }
    }

    private static String prompt(List<WireMessage> messages) {
        return messages.stream()
                .filter(message -> message.role().equals("user"))
                .reduce((first, second) -> second)
                .map(WireMessage::text)
                .orElse("");
    }

    private void features(ReasoningOptions reasoning, ObjectNode features) {
        var effort = reasoning.effectiveEffort();
        features.put("image_generation", false)
                .put("web_search", false)
                .put("auto_web_search", false)
                .put("preview_mode", false)
                .put("enable_thinking", effort != Effort.NONE);
        if (profile == Profile.P2025) {
            features.put("code_interpreter", false);
            return;
        }
        features.putArray("flags");
        features.putArray("features");
        if (effort == Effort.HIGH) {
            features.put("reasoning_effort", "high");
        } else if (effort == Effort.XHIGH || effort == Effort.MAX) {
            features.put("reasoning_effort", "max");
        }
    }

    private void params(ChatRequest request, Target target, ObjectNode params, Losses losses) {
        var sampling = request.sampling();
        var asked = request.maxOutputTokens();
        if (profile == Profile.P2025) {
            dropIf(sampling.temperature() != null, "temperature", losses);
            dropIf(sampling.topP() != null, "topP", losses);
            dropIf(asked != null, "maxOutputTokens", losses);
            return;
        }
        OpenAiFields.put(params, "temperature", sampling.temperature());
        OpenAiFields.put(params, "top_p", sampling.topP());
        var limit = target.maxOutputTokens();
        if (asked != null) {
            params.put("max_tokens", limit == null ? asked : Math.min(asked, limit));
        }
    }

    /** The service's own place holders, filled with what is true of the gateway and nothing of the caller. */
    private void variables(ObjectNode variables) {
        var now = ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        variables
                .put("{{USER_NAME}}", "User")
                .put("{{USER_LOCATION}}", "Unknown")
                .put("{{CURRENT_DATETIME}}", DATE_TIME.format(now))
                .put("{{CURRENT_DATE}}", now.toLocalDate().toString())
                .put("{{CURRENT_TIME}}", DATE_TIME.format(now).substring(11))
                .put("{{CURRENT_WEEKDAY}}", now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .put("{{CURRENT_TIMEZONE}}", "UTC")
                .put("{{USER_LANGUAGE}}", "en-US");
    }

    private static Set<String> tools(ChatRequest request, ObjectNode body, Losses losses) {
        var names = new HashSet<String>();
        var list = Json.array();
        for (var tool : request.tools()) {
            switch (tool) {
                case ToolDef.FunctionTool it -> {
                    var function = list.addObject().put("type", "function").putObject("function");
                    function.put("name", it.name());
                    OpenAiFields.put(function, "description", it.description());
                    if (it.parameters() != null) {
                        function.set("parameters", it.parameters());
                    }
                    names.add(it.name());
                }
                case ToolDef.CustomTool it -> throw Losses.unsupported("tools");
                case ToolDef.HostedTool it ->
                    losses.drop("tools." + it.kind().name().toLowerCase(Locale.ROOT));
            }
        }
        if (names.isEmpty() || request.toolChoice() instanceof ToolChoice.None) {
            return Set.of();
        }
        var choice = request.toolChoice();
        dropIf(choice != null && !(choice instanceof ToolChoice.Auto), "toolChoice", losses);
        dropIf(Boolean.FALSE.equals(request.parallelToolCalls()), "parallelToolCalls", losses);
        body.set("tools", list);
        return Set.copyOf(names);
    }

    /** What this wire has no place for. */
    private static void leave(ChatRequest request, Losses losses) {
        var sampling = request.sampling();
        if (sampling.n() != null && sampling.n() > 1) {
            throw Losses.unsupported("n");
        }
        if (Boolean.TRUE.equals(sampling.logprobs())) {
            throw Losses.unsupported("logprobs");
        }
        dropIf(sampling.topK() != null, "topK", losses);
        dropIf(sampling.seed() != null, "seed", losses);
        dropIf(!sampling.stop().isEmpty(), "stop", losses);
        dropIf(isSet(sampling.presencePenalty()), "presencePenalty", losses);
        dropIf(isSet(sampling.frequencyPenalty()), "frequencyPenalty", losses);
        dropIf(!sampling.logitBias().isEmpty(), "logitBias", losses);
        dropIf(Boolean.TRUE.equals(request.store()), "store", losses);
        dropIf(request.verbosity() != null, "verbosity", losses);
        dropIf(request.serviceTier() != null, "serviceTier", losses);
        dropIf(!request.safety().isEmpty(), "safety", losses);
        dropIf(request.modalities() != null, "modalities", losses);
        losses.foreign(request.extensions().unmapped());
    }

    private static boolean isSet(@Nullable Double penalty) {
        return penalty != null && penalty != 0;
    }

    private static void dropIf(boolean lost, String field, Losses losses) {
        if (lost) {
            losses.drop(field);
        }
    }
}
