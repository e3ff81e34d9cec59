package dev.serai.upstream;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Says where a URL that a caller sent may lead: to addresses of the public internet only, and to what an operator has
 * listed. A URL is looked at before anything is asked for, and every address again when it is connected to, so that a
 * name that resolves differently the second time gains nothing. Thread-safe.
 *
 * <p>Ranges: the IANA registries of special purpose addresses for IPv4 and IPv6 (RFC 6890). Of IPv6 only global unicast
 * is public, without those parts of it in which an IPv4 address or a tunnel is hidden.
 */
public final class EgressGuard implements DnsResolver {

    private static final List<AddressRange> CLOSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32", // Azure's own, to machines of it only
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(AddressRange::parse)
            .toList();
    private static final AddressRange PUBLIC_6 = AddressRange.parse("2000::/3");

    /** Every address of this platform, metadata services included, that has a well known name. */
    private static final List<String> INSIDE =
            List.of("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "localdomain");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
    private static final Pattern QUAD = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?)*");

    private final List<AddressRange> listed;
    private final Resolver resolver;

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Resolver {

        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * A guard.
     *
     * @param listed ranges that are open although they are not public, such as {@code 10.1.0.0/16}
     * @throws IllegalArgumentException when one of them is no range
     */
    public EgressGuard(List<String> listed) {
        this(listed, InetAddress::getAllByName);
    }

    EgressGuard(List<String> listed, Resolver resolver) {
        this.listed = listed.stream().map(AddressRange::parse).toList();
        this.resolver = resolver;
    }

    /** What is asked for is not open to callers. */
    public static final class Refused extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    /** The URL, if it may be asked for. @throws Refused with a reason that holds nothing of the URL */
    public URI check(String url) throws Refused {
        URI uri = parsed(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new Refused("not an http(s) URL");
        }
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null) {
            throw new Refused("a URL with a plain host is expected");
        }
        if (uri.getPort() > 65_535) {
            throw new Refused("no such port");
        }
        checkHost(host);
        return uri;
    }

    private static URI parsed(String url) throws Refused {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new Refused("not a URL");
        }
    }

    private void checkHost(String host) throws Refused {
        if (host.startsWith("[")) {
            resolveLiteral(host.substring(1, host.length() - 1));
            return;
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (NUMBER.matcher(last).matches()) {
            if (!QUAD.matcher(host).matches()) {
                throw new Refused("an address in an unusual spelling");
            }
            resolveLiteral(host);
            return;
        }
        if (!NAME.matcher(host).matches()) {
            throw new Refused("not a host name");
        }
        String name = host.toLowerCase(Locale.ROOT);
        boolean inside = INSIDE.stream().anyMatch(it -> name.equals(it) || name.endsWith("." + it));
        if (inside || name.indexOf('.') < 0) {
            throw new Refused("a name of the inside");
        }
    }

    private void resolveLiteral(String literal) throws Refused {
        if (literal.indexOf('%') >= 0) {
            throw new Refused("an address with a zone");
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(literal)) {
                checkAddress(address);
            }
        } catch (Refused refused) {
            throw refused;
        } catch (UnknownHostException e) {
            throw new Refused("not an address");
        }
    }

    /** Whether callers may have something fetched from there. */
    public boolean open(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (listed.stream().anyMatch(range -> range.contains(bytes))) {
            return true;
        }
        boolean routed = bytes.length == 4 || PUBLIC_6.contains(bytes);
        return routed && CLOSED.stream().noneMatch(range -> range.contains(bytes));
    }

    private void checkAddress(InetAddress address) throws Refused {
        if (!open(address)) {
            throw new Refused("an address that is not public");
        }
    }

    /** The addresses to connect to: all of them must be open. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = resolver.resolve(host);
        for (InetAddress address : addresses) {
            checkAddress(address);
        }
        return addresses;
    }

    @Override
    public @Nullable String resolveCanonicalHostname(String host) {
        return host;
    }
}
