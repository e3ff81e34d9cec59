package dev.serai.inbound;

import dev.serai.call.Call;
import dev.serai.call.CallIds;
import dev.serai.call.CallListener;
import dev.serai.call.CallWatch;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's only servlet: finds the route of a request and runs it on the request's own virtual thread, so that no
 * servlet timeout and no thread hand-over stands between a caller and its stream.
 */
final class GatewayServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    static final String CONNECTION = "dev.serai.connection";

    private final transient RouteTable table;
    private final transient Responder responder;
    private final transient DoorProperties door;
    private final transient BodyBudget budget;
    private final transient CallWatch watch;
    private final transient List<CallListener> listeners;
    private final transient Clock clock;
    private final transient CallIds ids;
    private final transient BooleanSupplier serving;
    private final transient Cors cors;

    /** @param serving false until the routes are up and from the moment the gateway drains */
    GatewayServlet(
            RouteTable table,
            Responder responder,
            DoorProperties door,
            BodyBudget budget,
            CallWatch watch,
            List<CallListener> listeners,
            Clock clock,
            CallIds ids,
            BooleanSupplier serving) {
        this.table = table;
        this.responder = responder;
        this.door = door;
        this.budget = budget;
        this.watch = watch;
        this.listeners = listeners;
        this.clock = clock;
        this.ids = ids;
        this.serving = serving;
        this.cors = new Cors(door.allowedOrigins());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request);
        var connection = (Connection) request.getAttribute(CONNECTION);
        var client = new ServletClient(request, response, path, connection, new BodyReader(door, budget));
        var call = new Call(ids.next(), ids.uid(), client, clock.instant(), System::nanoTime, listeners);
        watch.add(call);
        try {
            cors.answer(request, response, path);
            serve(request, response, path, client, call);
        } finally {
            watch.remove(call);
            client.close();
            client.releaseBody();
        }
    }

    private void serve(
            HttpServletRequest request, HttpServletResponse response, String path, ServletClient client, Call call)
            throws IOException {
        if (!path.startsWith("/health") && !hostServed(request.getHeader("host"))) {
            responder.refuse(call, client, Failure.invalid("Host", "This host is not served here."));
            return;
        }
        var match = table.find(request.getMethod(), path);
        var route = match.consumer();
        if (route != null) {
            client.pathVariables(match.variables());
            route.serve(call, client);
        } else if (request.getMethod().equals("OPTIONS") && !match.allowed().isEmpty()) {
            options(request, response, path, match.allowed(), call.id());
        } else {
            response.setHeader("allow", match.allowed().isEmpty() ? null : list(match.allowed()));
            responder.refuse(call, client, unserved(request.getMethod(), match.allowed()));
        }
    }

    private Failure unserved(String method, Set<String> allowed) {
        if (!serving.getAsBoolean()) {
            return Failure.of(Kind.OVERLOADED, FailureClass.GATEWAY, "The gateway is starting or stopping.")
                    .withRetryAfter(Duration.ofSeconds(2));
        }
        return allowed.isEmpty()
                ? Failure.of(Kind.NOT_FOUND, FailureClass.CLIENT, "There is nothing at this path.")
                : Failure.of(
                        Kind.METHOD_NOT_ALLOWED,
                        FailureClass.CLIENT,
                        "This path does not take " + method + "; it takes " + list(allowed) + ".");
    }

    private void options(
            HttpServletRequest request, HttpServletResponse response, String path, Set<String> methods, String id) {
        response.setStatus(204);
        response.setHeader("x-request-id", id);
        response.setHeader("allow", list(methods));
        cors.preflight(request, response, path, list(methods));
    }

    private static String list(Set<String> methods) {
        var all = new TreeSet<>(methods);
        all.add("OPTIONS");
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        return String.join(", ", all);
    }

    private boolean hostServed(@Nullable String host) {
        return door.allowedHosts().isEmpty()
                || (host != null && door.allowedHosts().contains(host));
    }

    /** The decoded path; a name with an encoded slash stays one name. */
    private static String path(HttpServletRequest request) {
        String raw = request.getRequestURI();
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        try {
            return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return raw;
        }
    }
}
