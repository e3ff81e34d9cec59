package dev.serai.provider.chatglmweb;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.ChatRequest;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.message.Role;
import dev.serai.provider.UpstreamFailure;
import dev.serai.secret.Secret;
import dev.serai.upstream.GuardedFetch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the service the pictures and documents of a request, the newest ones where there are many. Thread-safe. */
final class Uploads {

    private static final int MOST_FILES = 10;
    private static final int MOST_BYTES = 32 * 1024 * 1024;
    private static final Duration FETCH = Duration.ofSeconds(30);

    private final ChatglmService service;
    private final GuardedFetch fetch;

    Uploads(ChatglmService service, GuardedFetch fetch) {
        this.service = service;
        this.fetch = fetch;
    }

    /**
     * The request with its files at the service.
     *
     * @param continued only the newest turn is sent, for the service has the others
     * @throws Refusal when a file cannot be read or fetched, or the service does not take it
     */
    ChatRequest applied(ChatRequest request, boolean continued, Call call, Secret token) {
        int newest = continued ? lastOfModel(request.messages()) + 1 : 0;
        long files = request.messages().stream()
                .skip(newest)
                .flatMap(message -> message.parts().stream())
                .filter(Uploads::isFile)
                .count();
        if (files == 0) {
            return request;
        }
        var run = new Run(call, token, (int) Math.max(0, files - MOST_FILES));
        var messages = new ArrayList<Message>();
        for (int i = 0; i < request.messages().size(); i++) {
            var message = request.messages().get(i);
            messages.add(i < newest ? message : run.message(message, i));
        }
        return request.toBuilder().messages(messages).build();
    }

    private static int lastOfModel(List<Message> messages) {
        int last = messages.size() - 1;
        while (last >= 0 && messages.get(last).role() != Role.ASSISTANT) {
            last--;
        }
        return last == messages.size() - 1 ? -1 : last;
    }

    private static boolean isFile(Part part) {
        return source(part) instanceof MediaSource.Base64 || source(part) instanceof MediaSource.Url;
    }

    private static @Nullable MediaSource source(Part part) {
        if (part instanceof Part.Image image) {
            return image.source();
        }
        return part instanceof Part.Document document ? document.source() : null;
    }

    /** One request's uploads. */
    private final class Run {

        private final Call call;
        private final Attempt attempt;
        private final Secret token;
        private int skipped;
        private int number;

        Run(Call call, Secret token, int skipped) {
            this.call = call;
            this.attempt = call.running();
            this.token = token;
            this.skipped = skipped;
        }

        Message message(Message message, int index) {
            if (message.parts().stream().noneMatch(Uploads::isFile)) {
                return message;
            }
            var parts = new ArrayList<Part>();
            for (int i = 0; i < message.parts().size(); i++) {
                parts.add(part(message.parts().get(i), "messages[" + index + "].content[" + i + "]"));
            }
            return new Message(message.role(), parts, message.name(), message.phase());
        }

        private Part part(Part part, String field) {
            if (!isFile(part) || skipped-- > 0) {
                return part;
            }
            try (var held = call.memory().scope()) {
                var file = file(part, field);
                call.memory().hold(file.bytes().length); // once more, in the form that it goes out in
                var told = service.upload(attempt.candidate().provider().baseUrl(), token, file, attempt::onBreak);
                var uploaded = told.fault() == Fault.NONE ? Uploaded.of(told.result()) : null;
                if (uploaded == null) {
                    throw new Refusal(ChatglmFailures.failure(told.fault()));
                }
                return uploaded;
            } catch (IOException unreachable) {
                throw new Refusal(broken());
            }
        }

        private MediaFile file(Part part, String field) {
            number++;
            var source = source(part);
            String type = part instanceof Part.Image ? "image/" : "";
            if (source instanceof MediaSource.Url url) {
                var fetched = fetched(url.url(), type, field);
                return named(part, fetched.mediaType(), fetched.bytes());
            }
            if (source instanceof MediaSource.Base64 inline) {
                call.memory().hold(inline.data().length() / 4L * 3);
                return named(part, inline.mediaType(), decoded(inline.data(), field));
            }
            throw new IllegalStateException("not a file");
        }

        private MediaFile named(Part part, String mediaType, byte[] bytes) {
            String name = part instanceof Part.Document document ? document.filename() : null;
            return name != null ? new MediaFile(name, mediaType, bytes) : MediaFile.unnamed(number, mediaType, bytes);
        }

        private GuardedFetch.Fetched fetched(String url, String type, String field) {
            try {
                return fetch.get(url, it -> it.startsWith(type), MOST_BYTES, FETCH, attempt::onBreak, call);
            } catch (GuardedFetch.NotFetched e) {
                if (attempt.broken() != null) {
                    throw new Refusal(broken());
                }
                throw Refusal.invalid(field, "Cannot be used: " + e.getMessage() + ".");
            }
        }

        private Failure broken() {
            var reason = attempt.broken();
            return reason != null ? reason : UpstreamFailure.of(FailureClass.NETWORK);
        }
    }

    private static byte[] decoded(String data, String field) {
        try {
            return Base64.getMimeDecoder().decode(data);
        } catch (IllegalArgumentException notBase64) {
            throw Refusal.invalid(field, "Is not base64.");
        }
    }
}
