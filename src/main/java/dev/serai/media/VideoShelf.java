package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.protocol.RequestHead;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the routes that show, list, pass on and delete videos. A key sees its own jobs and nothing else. */
@Configuration(proxyBeanMethods = false)
class VideoShelf {

    private static final Set<String> VARIANTS = Set.of("video", "thumbnail");
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final VideoJobs jobs;
    private final VideoMakers makers;
    private final MediaProperties properties;

    VideoShelf(VideoJobs jobs, VideoMakers makers, MediaProperties properties) {
        this.jobs = jobs;
        this.makers = makers;
        this.properties = properties;
    }

    @Bean
    Processor showVideo() {
        return exchange ->
                exchange.getMessage().setBody(VideoShapes.video(find(Call.of(exchange)), properties.keepJobs()));
    }

    @Bean
    Processor passVideo(VideoContent content) {
        return exchange -> {
            var call = Call.of(exchange);
            String variant = asked(call.client(), "variant", "video");
            if (!VARIANTS.contains(variant)) {
                throw Refusal.invalid("variant", "variant: video or thumbnail is expected");
            }
            call.answer(content.of(call, find(call), variant.equals("thumbnail")));
        };
    }

    @Bean
    Processor deleteVideo() {
        return exchange -> {
            var call = Call.of(exchange);
            var id = VideoJob.id(name(call));
            var job = id == null ? null : jobs.delete(call.key().id(), id);
            if (job == null) {
                throw unknown(name(call));
            }
            var commission = job.commission();
            if (commission != null) {
                makers.forget(job.id(), commission);
            }
            exchange.getMessage().setBody(VideoShapes.deleted(job));
        };
    }

    @Bean
    Processor listVideos() {
        return exchange -> {
            var call = Call.of(exchange);
            String order = asked(call.client(), "order", "desc");
            if (!order.equals("asc") && !order.equals("desc")) {
                throw Refusal.invalid("order", "order: asc or desc is expected");
            }
            int limit = limit(asked(call.client(), "limit", String.valueOf(PAGE)));
            var found = jobs.list(call.key().id(), after(call.client()), order.equals("asc"), limit + 1);
            boolean more = found.size() > limit;
            exchange.getMessage()
                    .setBody(VideoShapes.list(more ? found.subList(0, limit) : found, more, properties.keepJobs()));
        };
    }

    private static int limit(String asked) {
        if (!asked.matches("[0-9]{1,3}") || Integer.parseInt(asked) > LARGEST_PAGE || Integer.parseInt(asked) < 1) {
            throw Refusal.invalid("limit", "limit: a number from 1 to " + LARGEST_PAGE + " is expected");
        }
        return Integer.parseInt(asked);
    }

    private static @Nullable UUID after(RequestHead head) {
        String name = asked(head, "after", "");
        var id = VideoJob.id(name);
        if (!name.isEmpty() && id == null) {
            throw Refusal.invalid("after", "after: the id of a video is expected");
        }
        return id;
    }

    private static String asked(RequestHead head, String name, String otherwise) {
        var values = head.query(name);
        return values.isEmpty() ? otherwise : values.getFirst();
    }

    private VideoJob find(Call call) {
        var id = VideoJob.id(name(call));
        var job = id == null ? null : jobs.find(call.key().id(), id);
        if (job == null) {
            throw unknown(name(call));
        }
        return job;
    }

    private static String name(Call call) {
        return call.client().pathVariables().getOrDefault("id", "");
    }

    private static Refusal unknown(String name) {
        String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
        return new Refusal(Failure.of(Kind.NOT_FOUND, FailureClass.CLIENT, "Video with id '" + shown + "' not found."));
    }
}
