package pointsman.lab.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A provider that costs as little as it can: it reads a request and writes bytes that were made beforehand.
/// Each event of a stream is flushed by itself, in a turn of the event loop of its own.
final class FastProvider implements AutoCloseable {
    private static final ByteBuf STREAMED =
            Unpooled.copiedBuffer("\"stream\":true", US_ASCII).asReadOnly();
    private static final int MAX_REQUEST = 64 * 1024;

    private final Channel listener;
    private volatile long gapMicros;

    private FastProvider(EventLoopGroup loop) throws InterruptedException {
        var answer = fixed(Exchanges.answer());
        var head = fixed(Exchanges.streamHead());
        var events = Exchanges.events().stream().map(FastProvider::fixed).toList();
        this.listener = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpRequestDecoder())
                                .addLast(new HttpObjectAggregator(MAX_REQUEST))
                                .addLast(new Answering(answer, head, events));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    static FastProvider start(EventLoopGroup loop) throws InterruptedException {
        return new FastProvider(loop);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// From one event of a stream to the next; none: as fast as it goes.
    void gap(long micros) {
        gapMicros = micros;
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
    }

    private static ByteBuf fixed(byte[] bytes) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    }

    private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final ByteBuf answer;
        private final ByteBuf head;
        private final List<ByteBuf> events;

        Answering(ByteBuf answer, ByteBuf head, List<ByteBuf> events) {
            this.answer = answer;
            this.head = head;
            this.events = events;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (ByteBufUtil.indexOf(STREAMED.duplicate(), request.content()) < 0) {
                var _ = context.writeAndFlush(answer.duplicate());
                return;
            }
            var _ = context.write(head.duplicate());
            event(context, 0);
        }

        private void event(ChannelHandlerContext context, int number) {
            var _ = context.writeAndFlush(events.get(number).duplicate());
            if (number + 1 == events.size()) {
                return;
            }
            if (gapMicros == 0) {
                context.executor().execute(() -> event(context, number + 1));
            } else {
                var _ = context.executor().schedule(() -> event(context, number + 1), gapMicros, TimeUnit.MICROSECONDS);
            }
        }
    }
}
