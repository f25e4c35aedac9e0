package pointsman.access;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/// Bounds what a connection takes before anybody knows whose it is: how long the head of a request may take
/// and what it may hold, how many connections may wait for theirs, and how much is read of a body that was
/// refused.
final class ConnectionLimits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private static final String NAME = "pointsman.connection";

    private final AccessProperties.Connections limits;
    private final Set<Channel> waiting = new LinkedHashSet<>();

    ConnectionLimits(AccessProperties.Connections limits) {
        this.limits = limits;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(this::install);
    }

    private HttpServer install(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> {
            // HTTP/2, if somebody configures it, has no such codec, and limits of its own.
            if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
                var watch = new ConnectionWatch(this, limits);
                channel.pipeline().addBefore(NettyPipeline.HttpCodec, NAME + ".bytes", watch.bytes());
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME + ".messages", watch.messages());
            }
        });
    }

    /// A connection waits for its first request. One too many costs the oldest its place, for it had the
    /// most time.
    void waits(Channel channel) {
        oldestBeyondTheLimit(channel).ifPresent(oldest -> {
            var _ = oldest.close();
        });
    }

    private synchronized Optional<Channel> oldestBeyondTheLimit(Channel channel) {
        waiting.add(channel);
        if (waiting.size() <= limits.maxWaiting()) {
            return Optional.empty();
        }
        var oldest = waiting.iterator().next();
        waiting.remove(oldest);
        return Optional.of(oldest);
    }

    /// A connection has sent the head of a request, or is gone.
    synchronized void waitsNoMore(Channel channel) {
        waiting.remove(channel);
    }
}
