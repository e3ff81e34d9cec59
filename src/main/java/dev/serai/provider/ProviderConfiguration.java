package dev.serai.provider;

import dev.serai.media.BeginVideo;
import dev.serai.media.MakePictures;
import dev.serai.media.VideoMaker;
import dev.serai.provider.anthropic.AnthropicProvider;
import dev.serai.provider.camel.CamelAnswer;
import dev.serai.provider.camel.CamelRequest;
import dev.serai.provider.gemini.GeminiProvider;
import dev.serai.provider.openai.OpenAiPictures;
import dev.serai.provider.openai.OpenAiProvider;
import dev.serai.provider.openai.OpenAiVideos;
import dev.serai.provider.simulator.Simulator;
import dev.serai.provider.zhipu.ZhipuPictures;
import dev.serai.provider.zhipu.ZhipuProvider;
import dev.serai.provider.zhipu.ZhipuVideos;
import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.UpstreamExchange;
import dev.serai.upstream.UpstreamTimeouts;
import java.time.Clock;
import java.util.List;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the provider routes, by the names that the routes use. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

    private final OpenAiProvider openai;
    private final ZhipuProvider zhipu;
    private final AnthropicProvider anthropic;
    private final GeminiProvider gemini;
    private final Clock clock;
    private final WholeAnswers whole = new WholeAnswers();

    ProviderConfiguration(Clock clock) {
        this.clock = clock;
        this.openai = new OpenAiProvider(clock);
        this.zhipu = new ZhipuProvider(clock);
        this.anthropic = new AnthropicProvider(clock);
        this.gemini = new GeminiProvider(clock);
    }

    /** Every kind of upstream that is reached over HTTP. */
    @Bean
    Providers providers() {
        return new Providers(List.of(openai, zhipu, anthropic, gemini));
    }

    @Bean
    Processor openaiRequest(UpstreamTimeouts timeouts) {
        return new ProviderRequest(openai, timeouts.connect());
    }

    @Bean
    Processor openaiAnswer() {
        return new ProviderAnswer(openai, whole, clock);
    }

    @Bean
    Processor zhipuRequest(UpstreamTimeouts timeouts) {
        return new ProviderRequest(zhipu, timeouts.connect());
    }

    @Bean
    Processor zhipuAnswer() {
        return new ProviderAnswer(zhipu, whole, clock);
    }

    @Bean
    WholeExchange wholeExchange(UpstreamExchange upstream, UpstreamTimeouts timeouts) {
        return new WholeExchange(upstream, timeouts.connect(), clock);
    }

    @Bean
    Processor openaiPictures(WholeExchange exchange) {
        return new MakePictures(new OpenAiPictures(exchange));
    }

    @Bean
    Processor zhipuPictures(WholeExchange exchange) {
        return new MakePictures(new ZhipuPictures(exchange));
    }

    @Bean
    VideoMaker openaiVideoMaker(WholeExchange exchange, SideExchange side, RoutesConfigStore routes) {
        return new OpenAiVideos(exchange, side, routes);
    }

    @Bean
    VideoMaker zhipuVideoMaker(WholeExchange exchange, SideExchange side, RoutesConfigStore routes) {
        return new ZhipuVideos(exchange, side, routes, clock);
    }

    @Bean
    Processor openaiVideo(@Qualifier("openaiVideoMaker") VideoMaker maker) {
        return new BeginVideo(maker);
    }

    @Bean
    Processor zhipuVideo(@Qualifier("zhipuVideoMaker") VideoMaker maker) {
        return new BeginVideo(maker);
    }

    @Bean
    Processor anthropicRequest(UpstreamTimeouts timeouts) {
        return new ProviderRequest(anthropic, timeouts.connect());
    }

    @Bean
    Processor anthropicAnswer() {
        return new ProviderAnswer(anthropic, whole, clock);
    }

    @Bean
    Processor geminiRequest(UpstreamTimeouts timeouts) {
        return new ProviderRequest(gemini, timeouts.connect());
    }

    @Bean
    Processor geminiAnswer() {
        return new ProviderAnswer(gemini, whole, clock);
    }

    @Bean
    Processor camelRequest() {
        return new CamelRequest(openai);
    }

    @Bean
    Processor camelAnswer() {
        return new CamelAnswer(new ProviderAnswer(openai, whole, clock));
    }

    @Bean
    Processor simulator() {
        return new Simulator();
    }
}
