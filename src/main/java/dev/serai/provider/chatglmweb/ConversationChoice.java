package dev.serai.provider.chatglmweb;

import dev.serai.call.Call;
import dev.serai.conversation.Conversation;
import dev.serai.conversation.Conversations;
import dev.serai.dispatch.MemberChoice;
import dev.serai.message.ChatRequest;
import dev.serai.message.Refusal;
import org.jspecify.annotations.Nullable;

/** A conversation goes on at the account that it began with, and with the assistant that it began with. */
final class ConversationChoice implements MemberChoice {

    /** The member of a request that keeps a conversation. */
    static final String MEMBER = "conversation_id";

    private final Conversations conversations;

    ConversationChoice(Conversations conversations) {
        this.conversations = conversations;
    }

    /** The conversation that a request names, {@code ""} for a new one that shall be kept, null for none. */
    static @Nullable String asked(ChatRequest request) {
        return request.extensions().unmapped().path(MEMBER).textValue();
    }

    @Override
    public String kind() {
        return ChatglmSurface.PROTOCOL;
    }

    @Override
    public @Nullable String member(Call call) {
        if (call.envelope().members().value(MEMBER) == null) {
            return null;
        }
        String asked = asked(call.request());
        if (asked == null || asked.isEmpty()) {
            return null;
        }
        var conversation = conversations
                .find(call.key().id(), kind(), asked)
                .orElseThrow(() -> new Refusal(ChatglmFailures.NO_CONVERSATION));
        if (!goesOn(conversation, call)) {
            throw Refusal.invalid(MEMBER, "This conversation is one with another model.");
        }
        return conversation.account();
    }

    private boolean goesOn(Conversation conversation, Call call) {
        String assistant = ModelName.of(conversation.model()).assistant();
        return call.entry().providers().stream()
                .filter(provider -> provider.kind().equals(kind()))
                .anyMatch(provider -> ModelName.of(provider.model()).assistant().equals(assistant));
    }
}
