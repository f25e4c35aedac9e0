package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.testing.Chat;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;
import pointsman.testing.SharedGateway;

/// A limit of bodies that is smaller than any buffer.
@Timeout(60)
class SmallBodyLimitTest {
    private static final Gateway GATEWAY = SharedGateway.APART.get();

    @ParameterizedTest
    @CsvSource({"100,200", "1023,200", "1024,200", "1025,413", "5000,413"})
    void aBodyWithoutALengthIsMeasuredByIt(int length, int status) throws Exception {
        var rest = length - Chat.ask("large", "").length();
        var body = Chat.ask("large", "x".repeat(rest));
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead(
                    "POST /v1/chat/completions",
                    "content-type: application/json",
                    "authorization: Bearer " + SharedGateway.key("brief"),
                    "connection: close",
                    "transfer-encoding: chunked");
            raw.send("%x\r\n%s\r\n".formatted(1, body.substring(0, 1)));
            raw.send("%x\r\n%s\r\n0\r\n\r\n".formatted(length - 1, body.substring(1)));

            assertThat(raw.readAll()).startsWith("HTTP/1.1 " + status);
        }
    }
}
