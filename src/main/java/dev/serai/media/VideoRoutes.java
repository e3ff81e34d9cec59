package dev.serai.media;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** The rhythm in which videos under way are looked at, and old ones forgotten. */
@Component
final class VideoRoutes extends RouteBuilder {

    private final VideoWatch watch;

    VideoRoutes(VideoWatch watch) {
        this.watch = watch;
    }

    @Override
    public void configure() {
        from("timer:video-look?period=500")
                .routeId("video.look")
                .routeDescription("Looks at the videos under way whose turn it is, twice a second")
                .process(exchange -> watch.round());
        from("timer:video-sweep?period=10000")
                .routeId("video.sweep")
                .routeDescription("Gives up videos that take too long and forgets old ones, every ten seconds")
                .process(exchange -> watch.sweep());
    }
}
