package pointsman.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import pointsman.failure.Failure;

class PageGuardTest {
    private static final PageGuard STRICT = new PageGuard(List.of(), List.of());
    private static final PageGuard LISTED = new PageGuard(
            List.of("Gateway.internal", "*.lan.example", "10.1.2.3:8080"),
            List.of("https://page.example", "app://obsidian.md", "vscode-webview://*", "null"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost.",
                "localhost.:80",
                "a.localhost",
                "127.0.0.1:1",
                "127.200.3.4",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]"
            })
    void loopbackIsAnsweredByAnyOfItsNames(String host) {
        assertThat(code(STRICT, host)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page.example",
                "page.example:8080",
                "localhost.page.example",
                "127.0.0.1.page.example",
                "localhostx",
                "xlocalhost",
                "0.0.0.0",
                "[::]",
                "128.0.0.1",
                "10.0.0.1",
                "[fe80::1]",
                "127.1",
                "0x7f.0.0.1",
                "2130706433",
                "user@localhost",
                "localhost@page.example",
                "localhost/",
                "localhost..",
                "[localhost]",
                "localhost page.example",
                ""
            })
    void noOtherHostIs(String host) {
        assertThat(code(STRICT, host)).contains("forbidden_host");
    }

    @Test
    void twoHostsAreNone() {
        var headers = headers("localhost");
        headers.add(HttpHeaders.HOST, "localhost");

        assertThat(STRICT.refusal(headers, false)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.internal:9,true",
        "GATEWAY.INTERNAL,true",
        "a.lan.example:1,true",
        "10.1.2.3:8080,true",
        "10.1.2.3:81,false",
        "lan.example,false",
        "x-gateway.internal,false",
        "localhost,true"
    })
    void furtherHostsMayBeNamed(String host, boolean isOurs) {
        assertThat(code(LISTED, host).isEmpty()).isEqualTo(isOurs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://page.example",
                "null",
                "http://localhost:3000",
                "http://127.0.0.1:8080",
                "http://localhost",
                "",
                "file://",
                "app://obsidian.md",
                "vscode-webview://0a1b",
                "http://localhost:8080.page.example",
                "x"
            })
    void aForeignPageStaysOutside(String origin) {
        assertThat(code(STRICT, "localhost:8080", "Origin", origin)).contains("forbidden_origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "HTTP://LOCALHOST:8080", "https://localhost:8080"})
    void itsOwnPagesAreItsOwn(String origin) {
        assertThat(code(STRICT, "localhost:8080", "Origin", origin)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site,false",
        "same-site,false",
        "Cross-Site,false",
        "anything,false",
        "same-origin,true",
        "none,true"
    })
    void whatABrowserSaysOfItsPageCounts(String site, boolean comesIn) {
        assertThat(code(STRICT, "localhost:8080", "Sec-Fetch-Site", site).isEmpty())
                .isEqualTo(comesIn);
    }

    @Test
    void oneForeignOriginOfTwoIsEnough() {
        var headers = headers("localhost:8080", "Origin", "http://localhost:8080");
        headers.add(HttpHeaders.ORIGIN, "https://page.example");

        assertThat(STRICT.refusal(headers, false)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "https://page.example,true",
        "HTTPS://page.example,true",
        "app://obsidian.md,true",
        "vscode-webview://0a1b,true",
        "null,true",
        "https://page.example:444,false",
        "https://page.example.org,false",
        "vscode-webviews://x,false"
    })
    void pagesMayBeNamed(String origin, boolean comesIn) {
        var headers = headers("localhost:8080", "Origin", origin);
        headers.add("Sec-Fetch-Site", "cross-site");

        assertThat(LISTED.refusal(headers, false).isEmpty()).isEqualTo(comesIn);
    }

    @Test
    void probesOfHealthComeByAnyNameButNotFromPages() {
        assertThat(STRICT.refusal(headers("10.4.5.6:8080"), true)).isEmpty();
        assertThat(STRICT.refusal(headers("localhost", "Origin", "https://page.example"), true))
                .isPresent();
    }

    @Test
    void theRefusalSaysWhatToAddWhere() {
        assertThat(STRICT.refusal(headers("pointsman.lan:8080"), false).map(Failure::message))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("pointsman.access.hosts: [\"pointsman.lan:8080\"]"));
        assertThat(STRICT.refusal(headers("localhost", "Origin", "app://obsidian.md"), false)
                        .map(Failure::message))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("pointsman.access.origins: [\"app://obsidian.md\"]"));
    }

    @Test
    void aBrokenHostIsNotRepeated() {
        assertThat(STRICT.refusal(headers("localhost Authorization: Bearer canary"), false)
                        .map(Failure::message))
                .hasValueSatisfying(words -> assertThat(words).doesNotContain("canary"));
    }

    private static Optional<String> code(PageGuard guard, String host, String... further) {
        return guard.refusal(headers(host, further), false).map(Failure::code);
    }

    private static HttpHeaders headers(String host, String... further) {
        var headers = new HttpHeaders();
        headers.add(HttpHeaders.HOST, host);
        for (var i = 0; i < further.length; i += 2) {
            headers.add(further[i], further[i + 1]);
        }
        return headers;
    }
}
