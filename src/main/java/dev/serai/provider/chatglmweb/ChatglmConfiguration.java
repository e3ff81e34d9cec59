package dev.serai.provider.chatglmweb;

import dev.serai.account.AccessTokens;
import dev.serai.account.AccountPools;
import dev.serai.conversation.Conversations;
import dev.serai.credential.CredentialPool;
import dev.serai.dispatch.MemberChoice;
import dev.serai.media.BeginVideo;
import dev.serai.media.MakePictures;
import dev.serai.provider.ProviderAnswer;
import dev.serai.provider.WholeAnswers;
import dev.serai.upstream.GuardedFetch;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.UpstreamExchange;
import dev.serai.upstream.UpstreamTimeouts;
import java.time.Clock;
import org.apache.camel.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the route {@code provider.chatglm-web}, and what they share. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatglmProperties.class)
class ChatglmConfiguration {

    private final Clock clock;
    private final ServiceClock serviceClock;

    ChatglmConfiguration(Clock clock) {
        this.clock = clock;
        this.serviceClock = new ServiceClock(clock);
    }

    @Bean
    CredentialPool chatglmAccounts(AccountPools accounts) {
        return accounts.pool(ChatglmSurface.PROTOCOL);
    }

    @Bean
    MemberChoice chatglmConversations(Conversations conversations) {
        return new ConversationChoice(conversations);
    }

    @Bean
    BrowserHeaders chatglmHeaders(ChatglmProperties properties) {
        return new BrowserHeaders(properties, serviceClock);
    }

    @Bean
    ChatglmService chatglmService(SideExchange side, BrowserHeaders headers) {
        return new ChatglmService(side, headers);
    }

    @Bean
    ChatglmTokens chatglmTokens(ChatglmService service, ChatglmProperties properties) {
        return new ChatglmTokens(service, serviceClock, properties.baseUrl());
    }

    @Bean
    Deletions chatglmDeletions(ChatglmService service) {
        return new Deletions(service);
    }

    @Bean
    ChatglmRequest chatglmRequest(
            SecondTry tries,
            BrowserHeaders headers,
            ChatglmService service,
            GuardedFetch fetch,
            ChatglmProperties properties,
            UpstreamTimeouts timeouts) {
        var uploads = new Uploads(service, fetch);
        return new ChatglmRequest(tries, headers, uploads, properties.frames(), timeouts.connect(), clock);
    }

    @Bean
    SecondTry chatglmTries(AccessTokens tokens, ChatglmService service) {
        return new SecondTry(tokens, service, serviceClock);
    }

    @Bean
    Processor chatglmPictures(
            SecondTry tries,
            ChatglmService service,
            BrowserHeaders headers,
            UpstreamExchange upstream,
            GuardedFetch fetch,
            Deletions deletions,
            UpstreamTimeouts timeouts) {
        return new MakePictures(new ChatglmPictures(
                tries, service, headers, upstream, new GivenFiles(fetch), deletions, timeouts.connect()));
    }

    @Bean
    ChatglmVideos chatglmVideoMaker(
            SecondTry tries, AccessTokens tokens, SideExchange side, BrowserHeaders headers, GuardedFetch fetch) {
        return new ChatglmVideos(tries, tokens, new VideoService(side, headers), new GivenFiles(fetch));
    }

    @Bean
    Processor chatglmVideo(ChatglmVideos maker) {
        return new BeginVideo(maker);
    }

    @Bean
    Processor chatglmAnswer(
            ChatglmRequest request,
            UpstreamExchange upstream,
            SecondTry tries,
            Conversations conversations,
            Deletions deletions) {
        var answer = new ProviderAnswer(ChatglmSurface.PROTOCOL, new WholeAnswers(), clock);
        return new ChatglmAnswer(request, upstream, answer, tries, conversations, deletions);
    }
}
