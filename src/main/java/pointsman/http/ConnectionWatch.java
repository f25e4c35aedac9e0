package pointsman.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import pointsman.access.AccessProperties;
import pointsman.failure.Failure;

/// Watches one connection from both sides of its codec: the bytes as they come, and the requests and
/// answers that they are. Everything here happens on the connection's own event loop.
final class ConnectionWatch {
    /// So much of a refused body is read and thrown away: a client that has sent it whole reads the answer,
    /// where one that is cut off in the middle would see a reset.
    private static final long MOST_DRAINED = 64L << 20;

    private final ConnectionLimits connections;
    private final int maxHeaders;
    private final Channel channel;
    private final Deadline head;
    private final Deadline drain;

    private @Nullable ChannelHandlerContext codec;
    private boolean isHeadBegun;
    private boolean isBodyOpen;
    private boolean hasEnded;
    private boolean hasLength;
    private int unanswered;
    private boolean isWaiting;
    private boolean hasPassed;
    private boolean isClosing;
    private long drained;

    ConnectionWatch(ConnectionLimits connections, AccessProperties.Connections limits, Channel channel) {
        this.connections = connections;
        this.maxHeaders = limits.maxHeaders();
        this.channel = channel;
        this.head = new Deadline(limits.headTimeout());
        this.drain = new Deadline(limits.drain());
    }

    /// The request that is answered now has come through the door: whose connection it is, is known.
    void passes() {
        hasPassed = true;
    }

    /// Leaves its place to a later one, unless it is being answered.
    void giveWay() {
        channel.eventLoop().execute(() -> {
            if (unanswered == 0) {
                var _ = channel.close();
            }
        });
    }

    private void waits() {
        isWaiting = true;
        connections.waits(this);
    }

    private void waitsNoMore() {
        if (isWaiting) {
            isWaiting = false;
            connections.waitsNoMore(this);
        }
    }

    /// What stands between the network and the codec.
    ChannelHandler bytes() {
        return new Bytes();
    }

    /// What stands between the codec and the server.
    ChannelHandler messages() {
        return new Messages();
    }

    private final class Bytes extends ChannelDuplexHandler {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            waits();
            awaitHead(context);
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (drain.isRunning() && message instanceof ByteBuf bytes) {
                drained += bytes.readableBytes();
                if (drained > MOST_DRAINED) {
                    end(context);
                }
            }
            if (isClosing) {
                ReferenceCountUtil.release(message);
                context.read();
                return;
            }
            if (!isBodyOpen && (unanswered == 0 || !HeadBytes.isBlank(message))) {
                isHeadBegun = true;
                awaitBegunHead(context);
            }
            decode(context, message);
            awaitBegunHead(context);
        }

        /// What is left when a request has ended is the beginning of the next head. The decoder keeps it, or
        /// has taken in some of its lines already.
        private void decode(ChannelHandlerContext context, Object message) {
            hasEnded = false;
            ReferenceCountUtil.retain(message);
            try {
                context.fireChannelRead(message);
                if (hasEnded && !isBodyOpen && message instanceof ByteBuf bytes) {
                    isHeadBegun = bytes.isReadable() || (!hasLength && HeadBytes.isCutInLines(bytes));
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        /// Closes, but not at once while the client is still sending a body that nobody wants: bytes that
        /// were not read make a reset of the end, and a reset takes back the answer that is on its way.
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            if (isClosing || !isBodyOpen || unanswered > 0) {
                var _ = context.close(promise);
                return;
            }
            isClosing = true;
            var _ = context.channel().closeFuture().addListener(_ -> promise.trySuccess());
            if (context.pipeline().get(SslHandler.class) == null
                    && context.channel() instanceof DuplexChannel channel) {
                var _ = channel.shutdownOutput();
            }
            drain(context);
            context.read();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            waitsNoMore();
            head.stop();
            drain.stop();
            context.fireChannelInactive();
        }
    }

    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            codec = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                begins(request);
            }
            // What follows what is no HTTP is no end of it either.
            if (message instanceof LastHttpContent last && last.decoderResult().isSuccess()) {
                isBodyOpen = false;
                hasEnded = true;
                drain.stop();
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            var _ = context.write(message, promise);
            if (message instanceof LastHttpContent && !isInterim(message)) {
                isAnswered(context);
            }
        }

        private static boolean isInterim(Object message) {
            return message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
    }

    private void begins(HttpRequest request) {
        waitsNoMore();
        head.stop();
        isHeadBegun = false;
        isBodyOpen = true;
        hasLength = HttpUtil.isContentLengthSet(request);
        unanswered++;
        if (request.decoderResult().isSuccess()) {
            HeadCheck.check(request, maxHeaders);
        }
    }

    private void isAnswered(ChannelHandlerContext context) {
        var isStranger = !hasPassed;
        hasPassed = false;
        unanswered = Math.max(0, unanswered - 1);
        if (unanswered > 0 || !channel.isActive()) {
            return;
        }
        if (isStranger) {
            waits();
        }
        if (isBodyOpen) {
            drain(context);
        }
        awaitBegunHead(context);
    }

    private void awaitBegunHead(ChannelHandlerContext context) {
        if (isHeadBegun && unanswered == 0 && !isBodyOpen) {
            awaitHead(context);
        }
    }

    private void awaitHead(ChannelHandlerContext context) {
        head.start(context, () -> headIsLate(context));
    }

    private void headIsLate(ChannelHandlerContext context) {
        var messages = codec;
        if (unanswered > 0 || isBodyOpen) {
            return;
        }
        if (!isHeadBegun || messages == null) {
            end(context);
            return;
        }
        var _ = messages.writeAndFlush(tooLate()).addListener(ChannelFutureListener.CLOSE);
    }

    private HttpResponse tooLate() {
        var failure = new Failure.NoSuchRoute(
                408,
                "head_timeout",
                "The request's head did not arrive within %d s."
                        .formatted(head.time().toSeconds()));
        var headers = new DefaultHttpHeaders().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return WireError.response(HttpVersion.HTTP_1_1, headers, failure);
    }

    private void drain(ChannelHandlerContext context) {
        drain.start(context, () -> end(context));
    }

    private void end(ChannelHandlerContext context) {
        isClosing = true;
        var _ = context.channel().close();
    }
}
