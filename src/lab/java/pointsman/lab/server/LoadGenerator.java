package pointsman.lab.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// So many requests over so many connections, each of which sends the next one when it has the whole answer. Any answer
/// but a 200 of at least the expected bytes ends the run.
final class LoadGenerator {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final EventLoopGroup loop;

    LoadGenerator(EventLoopGroup loop) {
        this.loop = loop;
    }

    /// @param leastBytes of an answer's body
    record Load(byte[] request, int leastBytes, int connections, int requests) {}

    /// Sends all requests and waits for all answers.
    Duration run(int port, Load load) throws IOException, InterruptedException {
        var run = new Run(load);
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder()).addLast(new Asking(run));
                    }
                });
        long began = System.nanoTime();
        for (int connection = 0; connection < load.connections(); connection++) {
            bootstrap.connect(InetAddress.getLoopbackAddress(), port).addListener(connected -> {
                if (!connected.isSuccess()) {
                    run.done.completeExceptionally(connected.cause());
                }
            });
        }
        try {
            run.done.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("the load broke off: " + failed, failed);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /// What the connections of one run share.
    private static final class Run {
        private final Load load;
        private final ByteBuf request;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();
        private final CompletableFuture<Boolean> done = new CompletableFuture<>();

        Run(Load load) {
            this.load = load;
            var bytes = load.request();
            this.request = Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer(bytes.length).writeBytes(bytes));
        }
    }

    private static final class Asking extends SimpleChannelInboundHandler<HttpObject> {
        private final Run run;
        private int bytes;

        Asking(Run run) {
            this.run = run;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ask(context);
        }

        private void ask(ChannelHandlerContext context) {
            if (run.asked.incrementAndGet() > run.load.requests() || run.done.isDone()) {
                var _ = context.close();
                return;
            }
            bytes = 0;
            var _ = context.writeAndFlush(run.request.duplicate());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
            if (part instanceof HttpResponse head && head.status().code() != 200) {
                throw new IOException("answered with " + head.status());
            }
            if (part instanceof HttpContent content) {
                bytes += content.content().readableBytes();
            }
            if (part instanceof LastHttpContent) {
                if (bytes < run.load.leastBytes()) {
                    throw new IOException("an answer of %d bytes, not %d".formatted(bytes, run.load.leastBytes()));
                }
                if (run.answered.incrementAndGet() == run.load.requests()) {
                    run.done.complete(true);
                }
                ask(context);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (run.asked.get() <= run.load.requests()) {
                run.done.completeExceptionally(new IOException("the server closed a connection"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            run.done.completeExceptionally(cause);
            var _ = context.close();
        }
    }
}
