package dev.serai.conversation;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The rhythm in which conversations without a turn for long are forgotten. */
@Component
@EnableConfigurationProperties(ConversationProperties.class)
final class ConversationRoutes extends RouteBuilder {

    private final Conversations conversations;

    ConversationRoutes(Conversations conversations) {
        this.conversations = conversations;
    }

    @Override
    public void configure() {
        from("timer:conversation-sweep?period=600000")
                .routeId("conversation.sweep")
                .routeDescription("Forgets conversations that have had no turn for long, every ten minutes")
                .process(exchange -> conversations.sweep());
    }
}
