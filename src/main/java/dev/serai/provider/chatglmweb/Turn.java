package dev.serai.provider.chatglmweb;

import dev.serai.message.ChatRequest;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.provider.UpstreamFailure;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One turn of a conversation at the service, as far as reading its answer depends on what was asked. One per attempt, used
 * by the call's thread.
 */
final class Turn {

    private final ModelName model;
    private final Set<String> tools;
    private final boolean showsReasoning;
    private final boolean keeps;
    private final String continued;
    private volatile String conversation;
    private volatile boolean kept;
    private boolean told;

    private Turn(ModelName model, ChatRequest request, boolean keeps, String continued) {
        this.model = model;
        this.tools = request.toolChoice() instanceof ToolChoice.None ? Set.of() : names(request);
        this.showsReasoning = !model.silent() && request.reasoning().visibility() != ReasoningOptions.Visibility.HIDDEN;
        this.keeps = keeps;
        this.continued = continued;
        this.conversation = continued;
    }

    /**
     * The turn that a request asks for. Its member {@code conversation_id} keeps the conversation: a new one when it is
     * empty, else the one it names.
     *
     * @param model the upstream's name of the model
     */
    static Turn of(ChatRequest request, String model) {
        String asked = ConversationChoice.asked(request);
        return new Turn(ModelName.of(model), request, asked != null, asked == null ? "" : asked);
    }

    private static Set<String> names(ChatRequest request) {
        return request.tools().stream()
                .flatMap(tool -> switch (tool) {
                    case ToolDef.FunctionTool it -> Stream.of(it.name());
                    case ToolDef.CustomTool it -> Stream.of(it.name());
                    case ToolDef.HostedTool it -> Stream.<String>empty();
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    ModelName model() {
        return model;
    }

    /** The tools that may be called in the answer's text, by the names that the model was given. */
    Set<String> tools() {
        return tools;
    }

    boolean showsReasoning() {
        return showsReasoning;
    }

    /** Whether the caller wants the conversation to stay after this turn. */
    boolean keeps() {
        return keeps;
    }

    /** The conversation is written down for its caller. */
    void isKept() {
        kept = true;
    }

    /** Whether the conversation stays: one that goes on always does. */
    boolean stays() {
        return kept || !continued.isEmpty();
    }

    /** The conversation that goes on, or {@code ""} for a new one. */
    String continued() {
        return continued;
    }

    /** The service has told where the turn stands; the first time counts. */
    void inConversation(String id) {
        if (!told) {
            told = true;
            conversation = id;
        }
    }

    /** Where the turn stands, or {@code ""} while that is not known. */
    String conversation() {
        return conversation;
    }

    /** What it means when nothing at all comes: the service does not say that it does not know a conversation. */
    Failure emptyAnswer() {
        return continued.isEmpty() ? UpstreamFailure.of(FailureClass.EMPTY) : ChatglmFailures.NO_CONVERSATION;
    }
}
