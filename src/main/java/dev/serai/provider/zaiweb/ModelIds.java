package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upstream's ids of models, whose capitals matter and follow no rule: the configuration knows some by the names that
 * people use, and the upstream's own list is asked where an id is refused. Thread-safe.
 */
final class ModelIds {

    private static final Logger LOG = LoggerFactory.getLogger(ModelIds.class);

    private final Map<String, String> configured = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final SideRequests requests;
    private final FrontEnd frontEnd;
    private final Cache<Named, String> learned = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofHours(1))
            .maximumSize(1_000)
            .executor(Runnable::run)
            .build();

    ModelIds(ZaiWebProperties settings, SideRequests requests, FrontEnd frontEnd) {
        this.configured.putAll(settings.models());
        this.requests = requests;
        this.frontEnd = frontEnd;
    }

    private record Named(String baseUrl, String name) {}

    /** The id of a model that a provider's entry names; the name itself where nobody knows better. */
    String id(String baseUrl, String name) {
        var told = learned.getIfPresent(new Named(baseUrl, name));
        return told != null ? told : configured.getOrDefault(name, name);
    }

    /**
     * The id is refused: the upstream's list is asked for a better one.
     *
     * @return whether there is one
     */
    boolean learn(String baseUrl, Session session, String name, Consumer<Runnable> abortable) {
        var refused = id(baseUrl, name);
        var known = new ArrayList<String>();
        for (var model : list(baseUrl, session, abortable)) {
            var id = model.path("id").asText("");
            boolean meant = id.equalsIgnoreCase(refused)
                    || id.equalsIgnoreCase(name)
                    || plain(model.path("name").asText("")).equals(plain(name));
            if (meant && !id.isEmpty() && !id.equals(refused)) {
                learned.put(new Named(baseUrl, name), id);
                return true;
            }
            known.add(id);
        }
        LOG.warn("zai-web does not know the model {}; it lists {}", refused, known);
        return false;
    }

    private JsonNode list(String baseUrl, Session session, Consumer<Runnable> abortable) {
        try {
            var ask = Ask.get(baseUrl + "/api/models", frontEnd.plain(baseUrl), session.token());
            return requests.json(ask, new ZaiFailures(), abortable).path("data");
        } catch (Refusal noList) {
            return MissingNode.getInstance();
        }
    }

    /** A name as people may write it: {@code GLM-4.7} and {@code glm 4.7} are the same. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
