package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, https://api.openai.com/v1/chat/completions",
        "https://api.openai.com/v1/, https://api.openai.com/v1/chat/completions",
        "https://host/v1?api-version=1, https://host/v1/chat/completions?api-version=1",
        "https://host/d/{model}?v=1, https://host/d/tiny/chat/completions?v=1"
    })
    void aRequestGoesBelowTheBaseUrl(String baseUrl, String uri) {
        assertThat(Address.of(baseUrl).uri("/chat/completions", "tiny")).isEqualTo(uri);
    }

    @Test
    void aModelsNameLeadsNowhereElse() {
        assertThat(Address.of("https://host/d/{model}?v=1").uri("/chat/completions", "a/../../admin"))
                .isEqualTo("https://host/d/a%2F..%2F..%2Fadmin/chat/completions?v=1");
    }

    @Test
    void theHostIsNamedEvenWhereThePathHoldsTheModel() {
        assertThat(Address.of("https://me.example.org/d/{model}").host()).isEqualTo("me.example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:80/v1", "http://127.9.9.9/v1", "http://LocalHost/v1", "http://[::1]:80/v1"})
    void loopbackIsThisMachine(String baseUrl) {
        assertThat(Address.of(baseUrl).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com/v1",
                "http://10.0.0.1/v1",
                "http://0.0.0.0/v1",
                "http://[2001:db8::1]/v1",
                "http://127.0.0.1.example.org/v1",
                "http://localhost.example.org/v1",
                "http://face.cafe/v1"
            })
    void allElseIsNot(String baseUrl) {
        assertThat(Address.of(baseUrl).isLoopback()).isFalse();
    }
}
