package dev.serai.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.inbound.PathErrors;
import dev.serai.message.Failure;
import dev.serai.protocol.ErrorAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Errors below {@code /admin}: {@code {"message":…,"field":…}} as glm-proxy told them; on the paths of HelloGML its {@code
 * {"code":-1,"message":…,"data":null}}.
 */
@Component
final class AdminErrors implements PathErrors {

    private static final String ROOT = "/admin";

    private final ObjectMapper json;

    AdminErrors(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean covers(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    @Override
    public ErrorAnswer error(Failure failure, String path) {
        var body = AdminError.of(path, failure.message(), failure.param());
        var headers = new LinkedHashMap<String, String>();
        headers.put("cache-control", "no-store");
        var wait = failure.retryAfter();
        if (wait != null) {
            headers.put(
                    "retry-after",
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        return new ErrorAnswer(failure.kind().status(), headers, bytes(body));
    }

    private byte[] bytes(Map<String, ?> body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error that is no JSON", e);
        }
    }
}
