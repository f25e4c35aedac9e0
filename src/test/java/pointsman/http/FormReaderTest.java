package pointsman.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferWrapper;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.unit.DataSize;
import pointsman.testing.Eventually;
import reactor.core.publisher.Flux;

@Timeout(20)
class FormReaderTest {
    private static final DataSize MEGABYTE = DataSize.ofMegabytes(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path data = Path.of("");

    /// What a disk takes its time for cannot be interrupted.
    @Test
    void whoeverHearsThatAClientHasLeftDoesNotWaitForTheDisk() throws Exception {
        var isWriting = new CountDownLatch(1);
        var isWritten = new CountDownLatch(1);
        var body = new DataBufferWrapper(new DefaultDataBufferFactory().wrap("{}".getBytes(UTF_8))) {
            @Override
            public ByteBufferIterator readableByteBuffers() {
                isWriting.countDown();
                awaitWhatever(isWritten);
                return super.readableByteBuffers();
            }
        };
        try (var incoming = Incoming.open(data);
                var threads = new WorkThreads()) {
            var reading = new FormReader(limits(), incoming, threads)
                    .read(new Request(Flux.just((DataBuffer) body).concatWith(Flux.never())), "", (_, _) -> true)
                    .subscribe();
            isWriting.await();

            reading.dispose();

            assertThat(files()).isNotEmpty();
            isWritten.countDown();
            Eventually.holds("nothing is left", LONG, () -> files().isEmpty());
        }
    }

    private static void awaitWhatever(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                // The disk goes on.
            }
        }
    }

    private List<Path> files() throws Exception {
        try (var files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private static FormLimits limits() {
        return new FormLimits(MEGABYTE, MEGABYTE, LONG, 9, MEGABYTE);
    }

    private static final class Request extends AbstractServerHttpRequest {
        private final Flux<DataBuffer> body;

        Request(Flux<DataBuffer> body) {
            super(HttpMethod.POST, URI.create("http://127.0.0.1/"), "", json());
            this.body = body;
        }

        private static HttpHeaders json() {
            var headers = new HttpHeaders();
            headers.setContentType(MediaType.APPLICATION_JSON);
            return headers;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body;
        }

        @Override
        protected MultiValueMap<String, HttpCookie> initCookies() {
            return new LinkedMultiValueMap<>();
        }

        @Override
        protected SslInfo initSslInfo() {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // as it is declared
        public <T> T getNativeRequest() {
            throw new IllegalStateException("nobody asks for it");
        }
    }
}
