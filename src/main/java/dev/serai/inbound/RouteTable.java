package dev.serai.inbound;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Which route serves which method and path. Changes when routes start and stop; read for every request. */
final class RouteTable {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    /** One served path. */
    record Entry(PathTemplate path, Set<String> methods, GatewayConsumer consumer) {}

    /** A request's route, or the methods that its path would take (empty: no such path). */
    record Match(@Nullable GatewayConsumer consumer, Map<String, String> variables, Set<String> allowed) {}

    synchronized void add(Entry entry) {
        var sorted = new ArrayList<>(entries);
        sorted.add(entry);
        sorted.sort(Comparator.comparingInt((Entry e) -> e.path().weight()).reversed());
        entries.clear();
        entries.addAll(sorted);
    }

    synchronized void remove(GatewayConsumer consumer) {
        entries.removeIf(entry -> entry.consumer() == consumer);
    }

    Match find(String method, String path) {
        var allowed = new TreeSet<String>();
        for (var entry : entries) {
            var variables = entry.path().match(path);
            if (variables == null) {
                continue;
            }
            if (serves(entry, method)) {
                return new Match(entry.consumer(), variables, entry.methods());
            }
            allowed.addAll(entry.methods());
        }
        return new Match(null, Map.of(), allowed);
    }

    private static boolean serves(Entry entry, String method) {
        return entry.methods().contains(method)
                || (method.equals("HEAD") && entry.methods().contains("GET"));
    }
}
