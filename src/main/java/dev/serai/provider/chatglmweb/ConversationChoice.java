package dev.serai.provider.chatglmweb;

import dev.serai.call.Call;
import dev.serai.dispatch.MemberChoice;
import dev.serai.message.Refusal;
import org.jspecify.annotations.Nullable;

/** A conversation goes on at the account that it began with. */
final class ConversationChoice implements MemberChoice {

    private final Conversations conversations;

    ConversationChoice(Conversations conversations) {
        this.conversations = conversations;
    }

    @Override
    public String kind() {
        return ChatglmSurface.PROTOCOL;
    }

    @Override
    public @Nullable String member(Call call) {
        if (call.envelope().members().value(Conversations.MEMBER) == null) {
            return null;
        }
        String asked = Conversations.asked(call.request());
        if (asked == null || asked.isEmpty()) {
            return null;
        }
        String account = conversations.account(call.key().id(), asked);
        if (account == null) {
            throw new Refusal(Conversations.unknown());
        }
        return account;
    }
}
