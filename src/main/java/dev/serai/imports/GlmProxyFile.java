package dev.serai.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.Refusal;
import dev.serai.tenant.KeyHistory;
import dev.serai.tenant.KeyHistory.UsedWindow;
import dev.serai.tenant.KeyLimits;
import dev.serai.tenant.KeySettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code apikeys.json} of glm-proxy: {@code {"keys":[…]}}, or the list alone. Its windows begin at a key's first use and
 * end five hours later; their tokens go on counting until then.
 */
final class GlmProxyFile implements OldStore {

    @Override
    public Content read(String source) {
        JsonNode root = OldFields.file(source);
        JsonNode list = root.isArray() ? root : root.path("keys");
        if (!list.isArray()) {
            throw new BadEntry("the file", "has no list of keys");
        }
        List<OldKey> keys = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            keys.add(key(new OldFields("keys[" + i + "]", list.get(i))));
        }
        return new Content(keys, List.of(), 0);
    }

    private static OldKey key(OldFields entry) {
        KeySettings settings = settings(
                entry.place(), entry.text("name"), entry.text("model"), limits(entry), entry.time("expiry_date"));
        KeyHistory history = new KeyHistory(
                entry.time("created_at"),
                entry.time("last_used"),
                entry.count("total_lifetime_tokens"),
                windows(entry));
        return new OldKey(entry.place(), entry.secret("key"), settings, history);
    }

    private static KeyLimits limits(OldFields entry) {
        return new KeyLimits(null, entry.number("token_limit_per_5h"), null, null, null, null, null);
    }

    private static List<UsedWindow> windows(OldFields entry) {
        List<UsedWindow> windows = new ArrayList<>();
        JsonNode list = entry.list("usage_windows");
        for (int i = 0; i < list.size(); i++) {
            OldFields window = new OldFields(entry.place() + ".usage_windows[" + i + "]", list.get(i));
            Instant start = window.time("window_start");
            if (start == null) {
                throw new BadEntry(window.place() + ".window_start", "is missing");
            }
            windows.add(new UsedWindow(start, window.count("tokens_used")));
        }
        return windows;
    }

    /** Of both stores of glm-proxy: there a key's model replaces whatever was asked for. */
    static KeySettings settings(
            String place,
            @Nullable String name,
            @Nullable String model,
            KeyLimits limits,
            @Nullable Instant expiresAt) {
        try {
            return new KeySettings(name == null ? "" : name, model, List.of(), limits, expiresAt, true).checked();
        } catch (Refusal e) {
            throw new BadEntry(place, e);
        }
    }
}
