package dev.serai.protocol.openairesponses;

import dev.serai.json.Members;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.util.List;

/** Members that need a state which somebody keeps between two calls; no call is served that would silently lack it. */
final class StoredState {

    private StoredState() {}

    /** @throws Refusal with the name of the first such member that is given */
    static void refuse(Members members) {
        for (String name : List.of("conversation", "prompt")) {
            if (members.present(name) != null) {
                throw unsupported(
                        name, "'" + name + "' is not supported: send the whole conversation in 'input' instead.");
            }
        }
        Boolean background = members.flag("background");
        if (background != null && background) {
            throw unsupported("background", "'background' is not supported: use 'stream' for long answers.");
        }
    }

    static Refusal unsupported(String param, String message) {
        return new Refusal(new Failure(Kind.UNSUPPORTED_PARAMETER, FailureClass.CLIENT, message, param, null));
    }
}
