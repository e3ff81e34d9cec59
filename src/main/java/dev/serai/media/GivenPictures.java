package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.GivenPicture;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The pictures that come with a request: copies of parts of its body, which count against the memory bound like the body. */
final class GivenPictures {

    private GivenPictures() {}

    /** The request, read while there is room for its copies. */
    static <T> T counted(Call call, Supplier<T> read, Function<T, List<GivenPicture>> pictures) {
        long most = call.requestBytes();
        call.memory().hold(most);
        long copies = 0;
        try {
            var request = read.get();
            copies = size(pictures.apply(request));
            return request;
        } finally {
            call.memory().letGo(most - copies);
        }
    }

    static void letGo(Call call, List<GivenPicture> pictures) {
        call.memory().letGo(size(pictures));
    }

    private static long size(List<GivenPicture> pictures) {
        long size = 0;
        for (var picture : pictures) {
            size += picture instanceof GivenPicture.Sent sent ? sent.bytes().length : 0;
        }
        return size;
    }
}
