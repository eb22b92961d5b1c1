package dev.sesame.http;

import dev.sesame.setting.AddressRange;
import dev.sesame.setting.SettingKeys;
import dev.sesame.setting.Settings;
import io.vertx.ext.web.RoutingContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a request comes from.
public final class ClientAddress {

    private ClientAddress() {}

    /// The client's address as text. `X-Forwarded-For` is read from its end, as long as the address before is that of
    /// a proxy in `server.trustedProxies`; what a client writes into it itself is never reached.
    public static String of(RoutingContext request, Settings settings) {
        var peer = request.request().remoteAddress();
        String address = peer == null || peer.hostAddress() == null ? "unknown" : peer.hostAddress();
        return of(
                address,
                request.request().headers().getAll("X-Forwarded-For"),
                settings.get(SettingKeys.SERVER_TRUSTED_PROXIES));
    }

    static String of(String peer, List<String> forwarded, List<AddressRange> proxies) {
        String[] hops = String.join(",", forwarded).split(",", -1);
        String client = peer;
        for (int i = hops.length - 1; i >= 0 && trusted(client, proxies); i--) {
            String hop = hops[i].strip();
            if (AddressRange.literal(hop) == null) {
                break;
            }
            client = hop;
        }
        return client;
    }

    /// What a rate is counted by: the address, or the network of an IPv6 one, since a single client has all of a /64.
    public static String network(String address) {
        InetAddress parsed = AddressRange.literal(address);
        return parsed instanceof Inet6Address ? HexFormat.of().formatHex(parsed.getAddress(), 0, 8) : address;
    }

    private static boolean trusted(String address, List<AddressRange> proxies) {
        @Nullable InetAddress parsed = AddressRange.literal(address);
        return parsed != null && proxies.stream().anyMatch(range -> range.contains(parsed));
    }
}
