package dev.sesame.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sesame.setting.AddressRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
    private final List<AddressRange> proxies = List.of(AddressRange.of("10.0.0.0/8"), AddressRange.of("fd00::1"));

    @Test
    void a_client_that_is_no_trusted_proxy_cannot_name_another_address() {
        assertThat(ClientAddress.of("192.0.2.1", List.of("1.1.1.1"), proxies)).isEqualTo("192.0.2.1");
        assertThat(ClientAddress.of("10.0.0.1", List.of("1.1.1.1"), List.of())).isEqualTo("10.0.0.1");
    }

    @Test
    void behind_proxies_it_is_the_last_address_that_a_trusted_one_saw() {
        assertThat(ClientAddress.of("10.0.0.1", List.of("6.6.6.6, 192.0.2.1, 10.2.3.4"), proxies))
                .isEqualTo("192.0.2.1");
        assertThat(ClientAddress.of("10.0.0.1", List.of("6.6.6.6", "2001:db8::5, fd00::1"), proxies))
                .isEqualTo("2001:db8::5");
        assertThat(ClientAddress.of("10.0.0.1", List.of(), proxies)).isEqualTo("10.0.0.1");
    }

    @Test
    void what_is_no_address_ends_the_search() {
        assertThat(ClientAddress.of("10.0.0.1", List.of("1.1.1.1, evil.example.org"), proxies))
                .isEqualTo("10.0.0.1");
        assertThat(ClientAddress.of("10.0.0.1", List.of(""), proxies)).isEqualTo("10.0.0.1");
    }

    @Test
    void a_client_with_a_whole_network_counts_once() {
        assertThat(ClientAddress.network("2001:db8:1:2::1")).isEqualTo(ClientAddress.network("2001:db8:1:2:ffff::9"));
        assertThat(ClientAddress.network("2001:db8:1:3::1")).isNotEqualTo(ClientAddress.network("2001:db8:1:2::1"));
        assertThat(ClientAddress.network("192.0.2.1")).isEqualTo("192.0.2.1");
    }
}
