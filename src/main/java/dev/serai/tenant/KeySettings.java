package dev.serai.tenant;

import dev.serai.message.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything an operator may set of a key.
 *
 * @param name for people: 1 to 255 characters; white space around it is cut off
 * @param model every call of this key goes to this model, whatever it asks for
 * @param models public names this key may ask for; empty means all
 * @param limits what it may use up
 * @param expiresAt the key is refused from then on; never when null
 * @param enabled a key that is not is refused
 */
public record KeySettings(
        String name,
        @Nullable String model,
        List<String> models,
        KeyLimits limits,
        @Nullable Instant expiresAt,
        boolean enabled) {

    public KeySettings {
        name = name.strip();
        models = List.copyOf(models);
    }

    /**
     * The same, when it can be kept; the register looks at it too.
     *
     * @throws Refusal which names the field at fault as the admin API writes it
     */
    public KeySettings checked() {
        KeyRules.check(this);
        return this;
    }

    /** A key that may do everything, for ever. */
    public static KeySettings unlimited(String name) {
        return new KeySettings(name, null, List.of(), KeyLimits.NONE, null, true);
    }
}
