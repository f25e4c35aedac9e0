package pointsman.http;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/// A request whose body leaves the network's own buffers as it comes.
///
/// Those have to be given back, and once, however the request ends. On another thread than the connection's
/// own nobody can promise that: what waits for a thread is dropped unseen when the client leaves, and so is
/// what Spring's reader of forms holds. Of 40 clients that left in the middle of a form each left one or
/// two buffers behind, for good. A copy costs a fraction of the write to the disk that follows.
final class HeapRequest extends ServerHttpRequestDecorator {
    private static final DataBufferFactory HEAP = DefaultDataBufferFactory.sharedInstance;

    HeapRequest(ServerHttpRequest request) {
        super(request);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody().map(HeapRequest::copied);
    }

    private static DataBuffer copied(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return HEAP.wrap(bytes);
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
