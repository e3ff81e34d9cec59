package dev.serai.database;

import dev.serai.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes a database address apart; its failures never repeat a part of it, since any part may be a password gone astray. */
final class DatabaseUrlParser {

    private static final String FORM = "DATABASE_URL must look like postgresql://user:password@host:5432/database";

    /** Parameters that libpq and the JDBC driver spell differently. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "ssl_mode", "sslmode",
            "schema", "currentSchema");

    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://", "jdbc:postgresql://");

    private final String text;

    DatabaseUrlParser(String text) {
        this.text = text;
    }

    DatabaseUrl parse() {
        String rest = withoutScheme();
        int question = rest.indexOf('?');
        Map<String, String> parameters = parameters(question < 0 ? "" : rest.substring(question + 1));
        String place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        String user = first(decode(colon < 0 ? login : login.substring(0, colon)), parameters.remove("user"));
        String password = first(colon < 0 ? "" : decode(login.substring(colon + 1)), parameters.remove("password"));
        String database = first(slash < 0 ? "" : decode(place.substring(slash + 1)), user);
        if (database == null || database.indexOf('/') >= 0) {
            throw new IllegalArgumentException(FORM + "; it names no database.");
        }
        String hosts = hosts(authority.substring(at + 1));
        return new DatabaseUrl(hosts, database, user, password == null ? null : new Secret(password), parameters);
    }

    private String withoutScheme() {
        String lower = text.toLowerCase(Locale.ROOT);
        return SCHEMES.stream()
                .filter(lower::startsWith)
                .findFirst()
                .map(scheme -> text.substring(scheme.length()))
                .orElseThrow(() -> new IllegalArgumentException(FORM + "; it starts differently."));
    }

    private static String hosts(String text) {
        return Stream.of(text.split(",", -1)).map(DatabaseUrlParser::host).collect(Collectors.joining(","));
    }

    private static String host(String text) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 || colon == text.length() - 1 ? "5432" : text.substring(colon + 1);
        if (text.startsWith("[") != (bracket > 0)
                || !host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?]")) {
            throw new IllegalArgumentException(
                    FORM + "; its host cannot be read (characters such as @ / : in a password are percent-encoded).");
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535 || Integer.parseInt(port) == 0) {
            throw new IllegalArgumentException(
                    FORM + "; its port is not a number (characters such as @ / : in a password are percent-encoded).");
        }
        return host + ":" + port;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = decode(pair.substring(0, equals));
                parameters.put(DRIVER_NAMES.getOrDefault(name, name), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static @Nullable String first(String value, @Nullable String otherwise) {
        return value.isEmpty() ? otherwise : value;
    }

    private static String decode(String text) {
        try {
            return Percent.decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FORM + "; a % in it is not followed by two hexadecimal digits.");
        }
    }
}
