package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.FailureClass;
import dev.serai.message.Refusal;
import dev.serai.message.VideoRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step of a provider's route for videos: asks for one, and leaves where it is made for the step that keeps the job. */
public final class BeginVideo implements Processor {

    private static final String REQUEST = "videoRequest";
    private static final String TOLD = "videoTold";
    private static final String COMMISSION = "videoCommission";

    private final VideoMaker maker;

    public BeginVideo(VideoMaker maker) {
        this.maker = maker;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var request = request(exchange);
        var begun = begun(request, call);
        MediaUsage.charge(
                call, begun.usage(), request.prompt(), request.pictures().size());
        MakePictures.dropped(call, begun.dropped());
        call.content();
        call.running().settle(null);
        call.running().resting(call.nanos());
        exchange.setProperty(COMMISSION, commission(call, begun));
        exchange.setProperty(TOLD, begun.told());
    }

    /** What is no plain refusal leaves open whether the upstream makes the video: nobody is asked again, and it is paid for. */
    private VideoMaker.Begun begun(VideoRequest request, Call call) {
        var attempt = call.running();
        attempt.committed(true);
        try {
            return maker.begin(request, call);
        } catch (Refusal refused) {
            if (refuses(refused.failure().type())) {
                attempt.committed(false);
            }
            if (attempt.committed()) {
                MediaUsage.charge(
                        call, null, request.prompt(), request.pictures().size());
                call.header("x-should-retry", "false");
            }
            throw refused;
        }
    }

    private static boolean refuses(FailureClass type) {
        return switch (type) {
            case CLIENT, CONTEXT, REASONING, CONTENT, MODEL, UNSUPPORTED -> true;
            case KEY_DEAD, KEY_RIGHTS, QUOTA, QUOTA_WINDOW, RATE, OVERLOAD -> true;
            case UPSTREAM, NETWORK, TIMEOUT_FIRST_BYTE, STREAM_BROKEN, EMPTY, GATEWAY, CLIENT_GONE -> false;
        };
    }

    private Commission commission(Call call, VideoMaker.Begun begun) {
        var candidate = call.running().candidate();
        var key = candidate.key();
        var member = candidate.member();
        String credential = member != null ? member.name() : key == null ? "" : key.name();
        var provider = candidate.provider();
        return new Commission(
                provider.kind(), provider.baseUrl(), provider.model(), credential, begun.task(), begun.conversation());
    }

    static void request(Exchange exchange, VideoRequest request) {
        exchange.setProperty(REQUEST, request);
    }

    static VideoRequest request(Exchange exchange) {
        return MakePictures.set(exchange.getProperty(REQUEST, VideoRequest.class), "readVideo");
    }

    static VideoMaker.Told told(Exchange exchange) {
        return MakePictures.set(exchange.getProperty(TOLD, VideoMaker.Told.class), "dispatch");
    }

    /** The job is under way: neither the request nor the provider's place is kept for the rest of the call. */
    static void release(Exchange exchange) {
        var call = Call.of(exchange);
        call.memory().letGoAll();
        exchange.removeProperty(REQUEST);
        call.releaseRequest();
        call.running().leave();
    }

    static Commission commission(Exchange exchange) {
        return MakePictures.set(exchange.getProperty(COMMISSION, Commission.class), "dispatch");
    }
}
