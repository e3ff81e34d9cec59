package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.VideoRequest;
import java.util.function.Consumer;
import java.util.function.Function;

/** A maker of videos that makes none. */
record FakeMaker(String kind, Function<Commission, Look> looks, Consumer<Commission> forgets) implements VideoMaker {

    static FakeMaker looking(String kind, Function<Commission, Look> looks) {
        return new FakeMaker(kind, looks, commission -> {});
    }

    static FakeMaker forgetting(Consumer<Commission> forgets) {
        return new FakeMaker("fake", commission -> new Look.Running(true, 0), forgets);
    }

    @Override
    public Begun begin(VideoRequest request, Call call) {
        throw new IllegalStateException("nothing is begun here");
    }

    @Override
    public Look look(Commission commission) {
        return looks.apply(commission);
    }

    @Override
    public void forget(Commission commission) {
        forgets.accept(commission);
    }
}
