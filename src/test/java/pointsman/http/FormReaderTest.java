package pointsman.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
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
import reactor.core.publisher.Sinks;

@Timeout(20)
class FormReaderTest {
    private static final DataSize MEGABYTE = DataSize.ofMegabytes(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final DefaultDataBufferFactory HEAP = new DefaultDataBufferFactory();
    private static final NettyDataBufferFactory NETWORK = new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);

    @TempDir
    private Path data = Path.of("");

    /// What a disk takes its time for cannot be interrupted.
    @Test
    void whoeverHearsThatAClientHasLeftDoesNotWaitForTheDisk() throws Exception {
        var isWriting = new CountDownLatch(1);
        var isWritten = new CountDownLatch(1);
        try (var incoming = Incoming.open(data);
                var threads = new WorkThreads()) {
            var reading = new FormReader(limits(), incoming, threads)
                    .read(new Request(Flux.just(HEAP.wrap("{}".getBytes(UTF_8)))), "", (_, intake) -> {
                        synchronized (intake) {
                            isWriting.countDown();
                            awaitWhatever(isWritten);
                        }
                        return true;
                    })
                    .subscribe();
            isWriting.await();

            reading.dispose();

            assertThat(files()).isNotEmpty();
            isWritten.countDown();
            Eventually.holds("nothing is left", LONG, () -> files().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "multipart/form-data; boundary=b"})
    void aClientThatLeavesWhileNoThreadIsFreeLeavesNoBufferBehind(String type) throws Exception {
        var isHeld = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var body = Sinks.many().unicast().<DataBuffer>onBackpressureBuffer();
        var buffer = NETWORK.wrap(
                Unpooled.copiedBuffer("--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx", UTF_8));
        try (var incoming = Incoming.open(data);
                var threads = new WorkThreads(1, 1, 10)) {
            threads.wait(() -> {
                        isHeld.countDown();
                        awaitWhatever(end);
                        return true;
                    })
                    .subscribe();
            isHeld.await();
            var reading = new FormReader(limits(), incoming, threads)
                    .read(new Request(body.asFlux(), type), "file", (_, _) -> true)
                    .subscribe();
            body.tryEmitNext(buffer).orThrow();

            reading.dispose();

            end.countDown();
            assertThat(buffer.getNativeBuffer().refCnt()).isZero();
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
            this(body, "application/json");
        }

        Request(Flux<DataBuffer> body, String type) {
            super(HttpMethod.POST, URI.create("http://127.0.0.1/"), "", headers(type));
            this.body = body;
        }

        private static HttpHeaders headers(String type) {
            var headers = new HttpHeaders();
            headers.setContentType(MediaType.parseMediaType(type));
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
