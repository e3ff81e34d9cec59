package dev.serai.transcript;

import dev.serai.inbound.BodyBudget;
import dev.serai.inbound.DoorProperties;
import org.apache.camel.Processor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps around a call that may build on an earlier response. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TranscriptProperties.class)
class TranscriptConfiguration {

    @Bean
    Processor recallResponse(Transcripts transcripts, BodyBudget budget, DoorProperties door) {
        return new RecallResponse(transcripts, budget, door.maxBody(), false);
    }

    /** The same for a request that only counts tokens: nothing will be kept. */
    @Bean
    Processor recallInput(Transcripts transcripts, BodyBudget budget, DoorProperties door) {
        return new RecallResponse(transcripts, budget, door.maxBody(), true);
    }

    @Bean
    Processor keepResponse(Transcripts transcripts) {
        return new KeepResponse(transcripts);
    }
}
