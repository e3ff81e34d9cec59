package dev.serai.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {

    private final EgressGuard guard = new EgressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.0.0.1:8080/",
                "http://127.1/",
                "http://127.0.1/",
                "http://0.0.0.0/",
                "http://0/",
                "http://0x7f.0.0.1/",
                "http://0x7f000001/",
                "http://2130706433/",
                "http://017700000001/",
                "http://0177.0.0.1/",
                "http://0177.0.0.01/",
                "http://127.0.0.1./",
                "http://127.000.000.001/",
                "http://127.255.255.254/",
                "http://10.0.0.1/",
                "http://10.255.255.255/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://168.63.129.16/machine?comp=goalstate",
                "http://169.254.1.1/",
                "http://0xa9fea9fe/",
                "http://0xa9.0xfe.0xa9.0xfe/",
                "http://2852039166/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.0.0.1/",
                "http://192.0.2.1/",
                "http://192.88.99.1/",
                "http://192.168.0.1/",
                "http://192.168.257/",
                "http://198.18.0.1/",
                "http://198.51.100.1/",
                "http://203.0.113.1/",
                "http://224.0.0.1/",
                "http://239.255.255.255/",
                "http://240.0.0.1/",
                "http://255.255.255.255/",
                "http://[::1]/",
                "http://[::]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2002:7f00:1::]/",
                "http://[2001::1]/",
                "http://[2001:db8::1]/",
                "http://[fe80::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[fec0::1]/",
                "http://[fc00::1]/",
                "http://[fd12:3456:789a::1]/",
                "http://[ff02::1]/",
                "http://[100::1]/",
                "http://localhost/",
                "http://LOCALHOST/",
                "http://foo.localhost/",
                "http://localhost./",
                "http://metadata/",
                "http://metadata.google.internal/",
                "http://db.local/",
                "http://user@example.com/",
                "http://example.com@127.0.0.1/",
                "http://127.0.0.1#@example.com/",
                "http://①②⑦.⓪.⓪.①/",
                "http://exa_mple..com/",
                "http://%31%32%37.0.0.1/",
                "http:///etc/passwd",
                "file:///etc/passwd",
                "ftp://example.com/",
                "gopher://example.com/",
                "jar:http://example.com!/",
                "//example.com/",
                "data:text/plain,x",
                "http://example.com:99999/",
                "http://exam ple.com/",
                "http:\\\\127.0.0.1\\",
                "",
            })
    void noSpellingLeadsInside(String url) {
        assertThatThrownBy(() -> guard.check(url)).isInstanceOf(EgressGuard.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.png",
                "http://example.com:8080/a?b=c#d",
                "https://sub-domain.example.co.uk/",
                "https://93.184.215.14/",
                "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
                "https://1password.com/",
            })
    void thePublicInternetIsOpen(String url) throws UnknownHostException {
        assertThat(guard.check(url)).hasToString(url);
    }

    @Test
    void aNameIsLookedAtAgainWhenItIsConnectedTo() throws UnknownHostException {
        var inside = new EgressGuard(List.of(), host ->
                new InetAddress[] {InetAddress.getByName("93.184.215.14"), InetAddress.getByName("10.0.0.7")});
        inside.check("https://rebound.example/");
        assertThatThrownBy(() -> inside.resolve("rebound.example")).isInstanceOf(EgressGuard.Refused.class);
    }

    @Test
    void aListedRangeIsOpen() throws UnknownHostException {
        var open = new EgressGuard(List.of("10.1.0.0/16", "127.0.0.1"));
        assertThat(open.check("http://10.1.2.3/")).hasHost("10.1.2.3");
        assertThat(open.check("http://127.0.0.1:81/")).hasPort(81);
        assertThatThrownBy(() -> open.check("http://10.2.0.1/")).isInstanceOf(EgressGuard.Refused.class);
        assertThatThrownBy(() -> open.check("http://127.0.0.2/")).isInstanceOf(EgressGuard.Refused.class);
    }

    @Test
    void whatIsNoRangeRefusesTheStart() {
        assertThatThrownBy(() -> new EgressGuard(List.of("example.com"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EgressGuard(List.of("10.0.0.0/33"))).isInstanceOf(IllegalArgumentException.class);
    }
}
