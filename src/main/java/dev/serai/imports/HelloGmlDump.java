package dev.serai.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.secret.Secret;
import dev.serai.tenant.KeyHistory;
import dev.serai.tenant.KeySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A dump of HelloGML's Workers KV: a list of {@code {"name":…,"value":…}} (or {@code "key"} for {@code "name"}, as
 * {@code wrangler kv bulk put} takes it), or one object from names to values, alone or below {@code "values"}.
 * {@code ak:<key>} is a key, {@code rt:<id>} a refresh token, {@code rt_pool} a list of {@code {"id":…,"token":…}}.
 */
final class HelloGmlDump implements OldStore {

    private static final String KEY = "ak:";
    private static final String TOKEN = "rt:";
    private static final String POOL = "rt_pool";

    @Override
    public Content read(String source) {
        JsonNode root = OldFields.file(source);
        Reading reading = new Reading();
        if (root.isArray()) {
            for (int i = 0; i < root.size(); i++) {
                String place = "entry " + (i + 1);
                OldFields entry = new OldFields(place, root.get(i));
                String name = entry.text(root.get(i).has("name") ? "name" : "key");
                if (name == null) {
                    throw new BadEntry(place, "has no name");
                }
                reading.take(place, name, root.get(i).path("value"));
            }
        } else if (root.isObject()) {
            JsonNode values = root.path("values").isObject() ? root.path("values") : root;
            int number = 0;
            for (var entry : values.properties()) {
                number++;
                reading.take("entry " + number, entry.getKey(), entry.getValue());
            }
        } else {
            throw new BadEntry("the file", "must be a list or an object");
        }
        return new Content(reading.keys, reading.accounts, reading.leftOut);
    }

    /** What has been read so far. */
    private static final class Reading {

        private final List<OldKey> keys = new ArrayList<>();
        private final List<OldAccount> accounts = new ArrayList<>();
        private int leftOut;

        void take(String place, String name, JsonNode value) {
            if (name.startsWith(KEY)) {
                Secret key = secret(place, name.substring(KEY.length()));
                KeySettings settings = KeySettings.unlimited("hellogml-" + (keys.size() + 1));
                keys.add(new OldKey(place, key, settings, KeyHistory.NONE));
            } else if (name.startsWith(TOKEN)) {
                accounts.add(new OldAccount(place, name.substring(TOKEN.length()), secret(place, value.asText(""))));
            } else if (name.equals(POOL)) {
                takePool(place, value);
            } else {
                leftOut++;
            }
        }

        private void takePool(String place, JsonNode value) {
            JsonNode pool = value.isTextual() ? tree(place, value.textValue()) : value;
            for (int i = 0; i < pool.size(); i++) {
                OldFields entry = new OldFields(place + "[" + i + "]", pool.path(i));
                String id = entry.text("id");
                accounts.add(new OldAccount(entry.place(), id == null ? "" : id, entry.secret("token")));
            }
        }

        private static Secret secret(String place, String text) {
            if (text.isBlank()) {
                throw new BadEntry(place, "is empty");
            }
            return new Secret(text);
        }

        private static JsonNode tree(String place, String text) {
            try {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return Json.tree(bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new BadEntry(place, "is not valid JSON");
            }
        }
    }
}
