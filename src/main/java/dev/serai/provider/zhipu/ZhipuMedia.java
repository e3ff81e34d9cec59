package dev.serai.provider.zhipu;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.protocol.Losses;

/** What pictures and videos of Zhipu share. */
final class ZhipuMedia {

    private static final String CODING = "/api/coding/paas/";
    private static final String GENERAL = "/api/paas/";

    private ZhipuMedia() {}

    /** Media are below {@code paas/v4} only, and not below the coding plan's address. */
    static String base(String baseUrl) {
        return baseUrl.replace(CODING, GENERAL);
    }

    /** The provider cannot do it; another candidate may. @param can the end of a sentence about this model */
    static Refusal unsupported(String field, String can) {
        return new Refusal(new Failure(
                Kind.UNSUPPORTED_PARAMETER,
                FailureClass.UNSUPPORTED,
                field + ": the model of this provider " + can + ".",
                field,
                null));
    }

    /** Names are the caller's words, and what is dropped stands in a header. */
    static void drop(Losses losses, String name) {
        if (name.length() <= 64 && name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '_'))) {
            losses.drop(name);
        }
    }
}
