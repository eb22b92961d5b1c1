package dev.sesame.setting;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A range of IP addresses: `10.0.0.0/8`, `fd00::/8`, or a single address.
///
/// @param bits how many leading bits an address must share
public record AddressRange(InetAddress network, int bits) {

    // Anything else would be looked up as a host name.
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /// @throws IllegalArgumentException if it isn't one
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        InetAddress network = literal(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        int length = network.getAddress().length * 8;
        int bits = slash < 0 ? length : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > length) {
            throw new IllegalArgumentException("not a range: " + text);
        }
        return new AddressRange(network, bits);
    }

    /// An address written in digits; null for anything else. Never asks a name server.
    public static @Nullable InetAddress literal(String text) {
        try {
            return LITERAL.matcher(text).matches() ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        int rest = ours.length * 8 - bits;
        return ours.length == theirs.length
                && new BigInteger(1, ours).shiftRight(rest).equals(new BigInteger(1, theirs).shiftRight(rest));
    }

    /// As [#of] reads it.
    @Override
    public String toString() {
        String address = network.getHostAddress();
        return bits == network.getAddress().length * 8 ? address : address + "/" + bits;
    }
}
