package dev.serai.routing.config;

/**
 * One thing about ROUTES_CONFIG that its operator must know. It never holds the value of a secret.
 *
 * @param line where it stands, counted from 1; 0 where no line is meant
 * @param path the member, such as {@code gpt-5.providers[0].endpoint}; empty for the whole text
 * @param reason what is wrong and, where there is one, the way out
 */
public record Problem(int line, String path, String reason) {

    @Override
    public String toString() {
        String where = line > 0 ? "line " + line : "";
        if (!path.isEmpty()) {
            where = where.isEmpty() ? path : where + ", " + path;
        }
        return where.isEmpty() ? reason : where + ": " + reason;
    }
}
