package dev.serai.database;

import dev.serai.secret.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL database. Prints without the password.
 *
 * @param hosts {@code host:port}, IPv6 in brackets; several ones separated by commas are tried in order
 * @param database the database's name, decoded
 * @param user the role, decoded; null leaves it to the driver
 * @param password the role's password, decoded
 * @param parameters the driver's parameters, decoded, under the names of the PostgreSQL JDBC driver
 */
public record DatabaseUrl(
        String hosts,
        String database,
        @Nullable String user,
        @Nullable Secret password,
        Map<String, String> parameters) {

    public DatabaseUrl {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads {@code postgresql://user:password@host:port/database?sslmode=…}, {@code postgres://…} or
     * {@code jdbc:postgresql://…}; user, password and database may be percent-encoded, a missing port is 5432.
     *
     * @throws IllegalArgumentException with a sentence that repeats nothing of the address
     */
    public static DatabaseUrl parse(String text) {
        return new DatabaseUrlParser(text.strip()).parse();
    }

    /** The JDBC address, without user, password and parameters. */
    public String jdbc() {
        return "jdbc:postgresql://" + hosts + "/" + Percent.encode(database);
    }

    /** The same address in {@code postgresql://} form, with the password: for tests and for other processes. */
    public String reveal() {
        String login = user == null ? "" : Percent.encode(user);
        String secret = password == null ? "" : ":" + Percent.encode(password.reveal());
        return "postgresql://" + login + secret + "@" + hosts + "/" + Percent.encode(database);
    }

    /**
     * A connection of its own, outside the pool; the caller closes it.
     *
     * @param applicationName what the database's own lists call it
     * @param patience for an answer, while connecting and after; zero is no limit
     */
    public Connection connect(String applicationName, Duration patience) throws SQLException {
        return DriverManager.getConnection(jdbc(), driverProperties(applicationName, patience));
    }

    Properties driverProperties(String applicationName, Duration socketTimeout) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", Long.toString(socketTimeout.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        parameters.forEach(properties::setProperty);
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password.reveal());
        }
        return properties;
    }

    @Override
    public String toString() {
        return "postgresql://" + hosts + "/" + database;
    }
}
