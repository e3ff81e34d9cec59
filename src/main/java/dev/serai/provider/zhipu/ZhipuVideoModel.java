package dev.serai.provider.zhipu;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model of Zhipu's for videos takes.
 *
 * @param least pictures that it starts from
 * @param most pictures
 * @param listed pictures are a list even if there is one
 * @param sizes empty where any may be asked for
 * @param seconds as the sizes
 * @param options members of its own with the words they may hold; an empty set for any
 * @param sounds a sound of its own can be asked for
 * @param closed it takes nothing that is not named here
 */
record ZhipuVideoModel(
        int least,
        int most,
        boolean listed,
        Set<String> sizes,
        Set<Integer> seconds,
        Map<String, Set<String>> options,
        boolean sounds,
        boolean closed) {

    private static final Map<String, Set<String>> COG =
            Map.of("quality", Set.of("speed", "quality"), "fps", Set.of("30", "60"));
    private static final Set<String> AMPLITUDE = Set.of("auto", "small", "medium", "large");
    private static final Set<String> RATIO = Set.of("16:9", "9:16", "1:1");
    private static final Map<String, Set<String>> VIDU = Map.of("movement_amplitude", AMPLITUDE);

    /** A model that is not known: what it takes is for the upstream to say. */
    private static final ZhipuVideoModel UNKNOWN = new ZhipuVideoModel(
            0,
            16,
            false,
            Set.of(),
            Set.of(),
            Map.of(
                    "quality", Set.of(),
                    "fps", Set.of(),
                    "style", Set.of(),
                    "aspect_ratio", Set.of(),
                    "movement_amplitude", Set.of()),
            true,
            false);

    private static final Map<String, ZhipuVideoModel> MODELS = Map.of(
            "cogvideox-3",
            new ZhipuVideoModel(
                    0,
                    2,
                    false,
                    Set.of("1280x720", "720x1280", "1024x1024", "1920x1080", "1080x1920", "2048x1080", "3840x2160"),
                    Set.of(5, 10),
                    COG,
                    true,
                    true),
            "cogvideox-2",
            cogVideo2(),
            "cogvideox-flash",
            cogVideo2(),
            "viduq1-text",
            new ZhipuVideoModel(
                    0,
                    0,
                    false,
                    Set.of("1920x1080"),
                    Set.of(5),
                    Map.of(
                            "style", Set.of("general", "anime"),
                            "aspect_ratio", RATIO,
                            "movement_amplitude", AMPLITUDE),
                    false,
                    true),
            "viduq1-image",
            new ZhipuVideoModel(1, 1, false, Set.of("1920x1080"), Set.of(5), VIDU, false, true),
            "vidu2-image",
            new ZhipuVideoModel(1, 1, false, Set.of("1280x720"), Set.of(4), VIDU, true, true),
            "viduq1-start-end",
            new ZhipuVideoModel(2, 2, true, Set.of("1920x1080"), Set.of(5), VIDU, false, true),
            "vidu2-start-end",
            new ZhipuVideoModel(2, 2, true, Set.of("1280x720", "480x360"), Set.of(4), VIDU, true, true),
            "vidu2-reference",
            new ZhipuVideoModel(
                    1,
                    3,
                    true,
                    Set.of("1280x720"),
                    Set.of(4),
                    Map.of("aspect_ratio", RATIO, "movement_amplitude", AMPLITUDE),
                    true,
                    true));

    static ZhipuVideoModel of(String model) {
        return MODELS.getOrDefault(model, UNKNOWN);
    }

    static List<String> known() {
        return MODELS.keySet().stream().sorted().toList();
    }

    private static ZhipuVideoModel cogVideo2() {
        return new ZhipuVideoModel(
                0,
                1,
                false,
                Set.of(
                        "720x480",
                        "1024x1024",
                        "1280x960",
                        "960x1280",
                        "1920x1080",
                        "1080x1920",
                        "2048x1080",
                        "3840x2160"),
                Set.of(),
                COG,
                true,
                true);
    }

    /** Whether its length can be chosen at all. */
    boolean hasSeconds() {
        return !seconds.isEmpty() || !closed;
    }
}
