package dev.serai.provider.chatglmweb;

import dev.serai.call.Call;
import dev.serai.conversation.Conversation;
import dev.serai.conversation.Conversations;
import dev.serai.message.Refusal;
import dev.serai.provider.ProviderAnswer;
import dev.serai.upstream.UpstreamExchange;
import dev.serai.upstream.UpstreamRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of the provider's route. A token that has lapsed and a clock that is off are put right once, a firewall is
 * waited for, and the same account is asked again. At the call's end the conversation is deleted, unless the caller keeps it.
 */
final class ChatglmAnswer implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(ChatglmAnswer.class);

    private final ChatglmRequest request;
    private final UpstreamExchange upstream;
    private final ProviderAnswer answer;
    private final SecondTry tries;
    private final Conversations conversations;
    private final Deletions deletions;

    ChatglmAnswer(
            ChatglmRequest request,
            UpstreamExchange upstream,
            ProviderAnswer answer,
            SecondTry tries,
            Conversations conversations,
            Deletions deletions) {
        this.request = request;
        this.upstream = upstream;
        this.answer = answer;
        this.tries = tries;
        this.conversations = conversations;
        this.deletions = deletions;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var begun = begun(exchange, call);
        try {
            once(exchange, call, begun);
        } catch (Refusal refused) {
            if (!tries.putRight(begun.attempt(), begun.token(), refused.failure())) {
                throw refused;
            }
            again(exchange, call);
        }
    }

    private void again(Exchange exchange, Call call) {
        request.process(exchange);
        var begun = begun(exchange, call);
        try {
            exchange.getMessage()
                    .setBody(upstream.send(call, exchange.getMessage().getBody(UpstreamRequest.class)));
            once(exchange, call, begun);
        } catch (Refusal refused) {
            if (refused.failure().equals(ChatglmFailures.SIGNATURE)) {
                LOG.error("chatglm.cn takes no signature made by its own clock: the constant may have changed");
            }
            throw refused;
        }
    }

    /** With its first content an answer is this account's, and its headers are not sent yet: now its conversation can be kept. */
    private void once(Exchange exchange, Call call, ChatglmAttempt begun) {
        call.atEnd(() -> leave(begun));
        answer.process(exchange);
        if (begun.turn().keeps()) {
            keep(call, begun);
        }
    }

    private static ChatglmAttempt begun(Exchange exchange, Call call) {
        var begun = ChatglmAttempt.of(exchange, call.running());
        if (begun == null) {
            throw new IllegalStateException("the provider's request step has not run");
        }
        return begun;
    }

    private void keep(Call call, ChatglmAttempt begun) {
        var turn = begun.turn();
        var conversation = new Conversation(
                ChatglmSurface.PROTOCOL,
                turn.conversation(),
                begun.token().account(),
                begun.attempt().target().model());
        if (conversations.keep(call.key().id(), conversation)) {
            turn.isKept();
        }
        if (turn.stays()) {
            call.header("x-gateway-conversation", turn.conversation());
        }
    }

    private void leave(ChatglmAttempt begun) {
        var turn = begun.turn();
        if (!turn.stays() && !turn.conversation().isEmpty()) {
            deletions.delete(baseUrl(begun), begun.token().value(), turn.model().assistant(), turn.conversation());
        }
    }

    private static String baseUrl(ChatglmAttempt begun) {
        return begun.attempt().candidate().provider().baseUrl();
    }
}
