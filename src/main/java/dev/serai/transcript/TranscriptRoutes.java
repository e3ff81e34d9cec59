package dev.serai.transcript;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The rhythm in which responses that have expired are deleted. */
@Component
final class TranscriptRoutes extends RouteBuilder {

    private final Transcripts transcripts;

    TranscriptRoutes(Transcripts transcripts) {
        this.transcripts = transcripts;
    }

    @Override
    public void configure() {
        from("timer:transcript-sweep?period=60000")
                .routeId("transcript.sweep")
                .routeDescription("Deletes responses whose time is over, once a minute")
                .process(exchange -> transcripts.sweep());
    }
}
