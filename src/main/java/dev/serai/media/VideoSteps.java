package dev.serai.media;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.message.VideoRequest;
import dev.serai.protocol.openaimedia.OpenAiVideosProtocol;
import dev.serai.upstream.UpstreamTimeouts;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of a call that asks for a video, before and after a provider has taken it on. */
@Configuration(proxyBeanMethods = false)
class VideoSteps {

    private static final Failure UNFINISHED =
            Failure.of(Kind.TIMEOUT, FailureClass.GATEWAY, "The video was not finished in the call's time.");
    private static final long LOOK_MILLIS = 1_000;

    private final VideoJobs jobs;
    private final MediaProperties properties;
    private final UpstreamTimeouts timeouts;

    VideoSteps(VideoJobs jobs, MediaProperties properties, UpstreamTimeouts timeouts) {
        this.jobs = jobs;
        this.properties = properties;
        this.timeouts = timeouts;
    }

    @Bean
    Processor readVideo() {
        return exchange -> {
            var call = Call.of(exchange);
            BeginVideo.request(
                    exchange,
                    GivenPictures.counted(
                            call, () -> OpenAiVideosProtocol.video(call.envelope()), VideoRequest::pictures));
        };
    }

    /** The job is kept before a provider knows of it, so that it is never lost without a word. */
    @Bean
    Processor openVideoJob() {
        return exchange -> {
            var call = Call.of(exchange);
            var request = BeginVideo.request(exchange);
            jobs.create(
                    call.uid(),
                    call.key().id(),
                    call.entry().name(),
                    request.size(),
                    request.seconds(),
                    within(call).plus(properties.handOver()));
            call.atEnd(() -> close(call));
        };
    }

    /** No call lasts longer than this. */
    private Duration within(Call call) {
        var told =
                call.entry().timeouts().or(timeouts.defaults(call.streaming())).total();
        return told == null ? timeouts.total() : told;
    }

    /** A job that every provider refused has been told of by the call's error; one that a provider may have is kept. */
    private void close(Call call) {
        if (call.failure() == null) {
            return;
        }
        var attempt = call.attempt();
        if (attempt != null && attempt.committed()) {
            jobs.lost(call.uid());
        } else {
            jobs.withdrawn(call.uid());
        }
    }

    /** From here on the job outlives its call. */
    @Bean
    Processor keepVideoJob() {
        return exchange -> jobs.begun(
                Call.of(exchange).uid(),
                BeginVideo.commission(exchange),
                BeginVideo.told(exchange),
                properties.firstLook());
    }

    @Bean
    Processor answerVideoJob() {
        return exchange -> {
            var call = Call.of(exchange);
            var job = find(call);
            call.answer(new Answer.Whole(
                    200, "application/json", Json.bytes(VideoShapes.video(job, properties.keepJobs()))));
        };
    }

    /** Waits for the end of the job, which goes on should the caller leave. */
    @Bean
    Processor answerVideo() {
        return this::await;
    }

    private void await(Exchange exchange) throws InterruptedException {
        var call = Call.of(exchange);
        BeginVideo.release(exchange);
        var broken = new CountDownLatch(1);
        call.running().onBreak(broken::countDown);
        long start = call.nanos();
        try {
            var job = find(call);
            while (!job.ended()) {
                if (broken.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    var stopped = call.stopped();
                    throw new Refusal(stopped != null ? stopped : UNFINISHED);
                }
                job = again(call, job);
            }
            answer(call, job);
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    /** A database that is away for a moment does not end the waiting. */
    private VideoJob again(Call call, VideoJob job) {
        try {
            return find(call);
        } catch (Refusal refused) {
            if (refused.failure().kind() != Kind.OVERLOADED) {
                throw refused;
            }
            return job;
        }
    }

    private static void answer(Call call, VideoJob job) {
        if (job.result() instanceof Look.Failed failed) {
            boolean blocked = failed.code().equals("content_filter");
            throw new Refusal(Failure.of(
                    blocked ? Kind.CONTENT_BLOCKED : Kind.UPSTREAM_ERROR,
                    blocked ? FailureClass.CONTENT : FailureClass.UPSTREAM,
                    failed.message()));
        }
        if (job.result() instanceof Look.Done done) {
            call.answer(new Answer.Whole(200, "application/json", Json.bytes(VideoShapes.finished(job, done))));
        }
    }

    private VideoJob find(Call call) {
        var job = jobs.find(call.key().id(), call.uid());
        if (job == null) {
            throw new Refusal(Kind.NOT_FOUND, "The video was deleted while it was being made.");
        }
        return job;
    }
}
