package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.ImageRequest;
import dev.serai.protocol.openaimedia.OpenAiImagesProtocol;
import dev.serai.upstream.GuardedFetch;
import java.time.Clock;
import org.apache.camel.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the routes for pictures. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MediaProperties.class)
class PictureConfiguration {

    /** Reads a request for pictures; one whose path ends in {@code /edits} must bring some. */
    @Bean
    Processor readPictures() {
        return exchange -> {
            var call = Call.of(exchange);
            boolean edit = call.client().path().endsWith("/edits");
            MakePictures.request(
                    exchange,
                    GivenPictures.counted(
                            call, () -> OpenAiImagesProtocol.images(call.envelope(), edit), ImageRequest::pictures));
        };
    }

    @Bean
    Processor answerPictures(GuardedFetch fetch, MediaProperties properties, Clock clock) {
        return new AnswerPictures(fetch, Math.toIntExact(properties.maxPicture().toBytes()), clock);
    }
}
