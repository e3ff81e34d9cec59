package dev.serai.provider.zhipu;

import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ResponseFormat;
import dev.serai.message.Role;
import dev.serai.message.Sampling;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.protocol.Losses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A canonical request as one that Zhipu can be asked: what it has no word for is emulated, dropped or refused. */
final class ZhipuRequest {

    private static final String MUST_CALL = "You must call one of the given tools before you answer.";
    private static final String JSON_ONLY =
            "Answer with one JSON object and nothing else. It must conform to this JSON schema:\n";

    private ZhipuRequest() {}

    static ChatRequest prepare(ChatRequest request, Losses losses) {
        ChatRequestBuilder prepared = request.toBuilder().cache(null).metadata(Map.of());
        List<SystemBlock> system = new ArrayList<>();
        request.system().forEach(block -> system.add(SystemBlock.of(block.text())));
        tools(request, prepared, system, losses);
        if (request.responseFormat() instanceof ResponseFormat.JsonSchema schema) {
            system.add(SystemBlock.of(JSON_ONLY + text(schema)));
            prepared.responseFormat(new ResponseFormat.JsonObject());
        }
        prepared.system(system);
        prepared.messages(request.messages().stream().map(ZhipuRequest::message).toList());
        prepared.sampling(sampling(request.sampling(), losses));
        report(request, losses);
        return prepared.verbosity(null)
                .serviceTier(null)
                .store(null)
                .modalities(null)
                .parallelToolCalls(null)
                .build();
    }

    private static String text(ResponseFormat.JsonSchema format) {
        return format.schema() == null ? "{}" : new String(Json.bytes(format.schema()), StandardCharsets.UTF_8);
    }

    private static void tools(
            ChatRequest request, ChatRequestBuilder prepared, List<SystemBlock> system, Losses losses) {
        List<ToolDef> tools = new ArrayList<>();
        for (ToolDef tool : request.tools()) {
            tools.add(tool(tool, losses));
        }
        switch (request.toolChoice()) {
            case null -> {}
            case ToolChoice.Auto auto -> {}
            case ToolChoice.None none -> tools.clear();
            case ToolChoice.Required required -> {
                system.add(SystemBlock.of(MUST_CALL));
                losses.drop("toolChoice");
            }
            case ToolChoice.Named named -> {
                tools.removeIf(tool -> !named.name().equals(name(tool)));
                system.add(SystemBlock.of("You must call the tool " + named.name() + "."));
            }
            case ToolChoice.Allowed allowed -> {
                Set<String> names =
                        allowed.tools().stream().map(ToolChoice.Named::name).collect(Collectors.toSet());
                tools.removeIf(tool -> !names.contains(String.valueOf(name(tool))));
                if (allowed.required()) {
                    system.add(SystemBlock.of(MUST_CALL));
                    losses.drop("toolChoice");
                }
            }
        }
        prepared.tools(tools).toolChoice(tools.isEmpty() ? null : new ToolChoice.Auto());
    }

    private static ToolDef tool(ToolDef tool, Losses losses) {
        return switch (tool) {
            case ToolDef.FunctionTool it -> {
                if (Boolean.TRUE.equals(it.strict())) {
                    losses.drop("tools.strict");
                }
                yield new ToolDef.FunctionTool(
                        it.name(),
                        it.description() == null ? "" : it.description(),
                        it.parameters() == null ? ZhipuTools.noParameters() : it.parameters(),
                        null,
                        null);
            }
            case ToolDef.CustomTool it -> throw Losses.unsupported("tools");
            case ToolDef.HostedTool it -> ZhipuSearch.tool(it);
        };
    }

    private static @Nullable String name(ToolDef tool) {
        return switch (tool) {
            case ToolDef.FunctionTool it -> it.name();
            case ToolDef.CustomTool it -> it.name();
            case ToolDef.HostedTool it -> null;
        };
    }

    /** Several texts in a user message are one: text models take strings only. */
    private static Message message(Message message) {
        boolean texts = message.parts().stream().allMatch(Part.Text.class::isInstance);
        List<Part> parts = new ArrayList<>();
        if (texts && message.role() != Role.ASSISTANT && !message.parts().isEmpty()) {
            parts.add(new Part.Text(message.parts().stream()
                    .map(part -> part instanceof Part.Text text ? text.text() : "")
                    .collect(Collectors.joining("\n"))));
        } else {
            message.parts().forEach(part -> parts.add(uncached(part)));
        }
        return Message.of(message.role(), parts);
    }

    private static Part uncached(Part part) {
        return part instanceof Part.Text text
                ? new Part.Text(text.text(), text.citations(), null, text.signature())
                : part;
    }

    private static Sampling sampling(Sampling asked, Losses losses) {
        if (Boolean.TRUE.equals(asked.logprobs())) {
            throw Losses.unsupported("logprobs");
        }
        dropIf(asked.topK() != null, "topK", losses);
        dropIf(asked.seed() != null, "seed", losses);
        dropIf(asked.presencePenalty() != null, "presencePenalty", losses);
        dropIf(asked.frequencyPenalty() != null, "frequencyPenalty", losses);
        dropIf(!asked.logitBias().isEmpty(), "logitBias", losses);
        dropIf(asked.stop().size() > 1, "stop", losses);
        List<String> stop =
                asked.stop().isEmpty() ? List.of() : List.of(asked.stop().getFirst());
        return new Sampling(
                asked.temperature(), asked.topP(), null, null, null, null, stop, asked.n(), null, null, Map.of());
    }

    private static void report(ChatRequest request, Losses losses) {
        dropIf(request.verbosity() != null, "verbosity", losses);
        dropIf(Boolean.FALSE.equals(request.parallelToolCalls()), "parallelToolCalls", losses);
        dropIf(Boolean.TRUE.equals(request.store()), "store", losses);
        dropIf(request.modalities() != null, "modalities", losses);
        String tier = request.serviceTier();
        dropIf(tier != null && !tier.equals("auto") && !tier.equals("default"), "serviceTier", losses);
    }

    private static void dropIf(boolean lost, String field, Losses losses) {
        if (lost) {
            losses.drop(field);
        }
    }
}
