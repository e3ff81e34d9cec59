package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.ImageRequest;
import dev.serai.protocol.Losses;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step of a provider's route for pictures: has them made, and leaves them for the step that answers. */
public final class MakePictures implements Processor {

    private static final String REQUEST = "imageRequest";
    private static final String PICTURES = "pictures";

    private final PictureMaker maker;

    public MakePictures(PictureMaker maker) {
        this.maker = maker;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var request = request(exchange);
        var pictures = maker.make(request, call);
        MediaUsage.charge(
                call, pictures.usage(), request.prompt(), request.pictures().size());
        if (call.running().target().refuseLosses() && !pictures.dropped().isEmpty()) {
            throw Losses.unsupported(pictures.dropped().getFirst());
        }
        dropped(call, pictures.dropped());
        call.content();
        call.running().settle(null);
        exchange.setProperty(PICTURES, pictures);
    }

    /** Says in the answer what of the request could not be carried. */
    static void dropped(Call call, List<String> names) {
        if (names.isEmpty()) {
            call.headers().remove("x-gateway-dropped");
        } else {
            String all = String.join(",", names);
            call.header("x-gateway-dropped", all.length() <= 1024 ? all : all.substring(0, 1024));
        }
    }

    /** The pictures are there: the request is not kept for the rest of the call. */
    static void release(Exchange exchange) {
        var call = Call.of(exchange);
        GivenPictures.letGo(call, request(exchange).pictures());
        exchange.removeProperty(REQUEST);
        call.releaseRequest();
    }

    static void request(Exchange exchange, ImageRequest request) {
        exchange.setProperty(REQUEST, request);
    }

    static ImageRequest request(Exchange exchange) {
        return set(exchange.getProperty(REQUEST, ImageRequest.class), "readImages");
    }

    static Pictures pictures(Exchange exchange) {
        return set(exchange.getProperty(PICTURES, Pictures.class), "dispatch");
    }

    static <T> T set(@org.jspecify.annotations.Nullable T value, String step) {
        if (value == null) {
            throw new IllegalStateException("the step '" + step + "' has not run");
        }
        return value;
    }
}
