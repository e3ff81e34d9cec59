package dev.serai.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses that begin alike, such as {@code 10.0.0.0/8}. Addresses of the other family are outside. */
@SuppressWarnings("ArrayRecordComponent")
record AddressRange(byte[] start, int bits) {

    /** @throws IllegalArgumentException when the text is no range */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] start = literal(address);
        int most = start.length * 8;
        int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("no range of addresses: " + text);
        }
        return new AddressRange(start, bits);
    }

    private static byte[] literal(String address) {
        if (address.isEmpty() || !address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':')) {
            throw new IllegalArgumentException("no address: " + address);
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + address, e);
        }
    }

    boolean contains(byte[] address) {
        if (address.length != start.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(start, 0, whole, address, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (start[whole] ^ address[whole]) >> (8 - rest) == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && bits == range.bits && Arrays.equals(start, range.start);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(start) + bits;
    }
}
