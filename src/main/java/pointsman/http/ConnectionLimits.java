package pointsman.http;

import io.netty.util.AttributeKey;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import pointsman.access.AccessProperties;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/// Bounds what a connection takes before anybody knows whose it is: how long the head of a request may take
/// and what it may hold, how many connections of strangers may wait, and how much is read of a body that was
/// refused.
final class ConnectionLimits implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private static final String NAME = "pointsman.connection";
    private static final AttributeKey<ConnectionWatch> WATCH = AttributeKey.valueOf(NAME);

    private final AccessProperties.Connections limits;
    private final Set<ConnectionWatch> strangers = new LinkedHashSet<>();

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
                var watch = new ConnectionWatch(this, limits, channel);
                channel.attr(WATCH).set(watch);
                channel.pipeline().addBefore(NettyPipeline.HttpCodec, NAME + ".bytes", watch.bytes());
                channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME + ".messages", watch.messages());
            }
        });
    }

    /// The request that a connection waits to have answered has come through the door.
    static void passes(ServerHttpRequest request) {
        if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest server) {
            server.withConnection(connection -> {
                var watch = connection.channel().attr(WATCH).get();
                if (watch != null) {
                    watch.passes();
                }
            });
        }
    }

    /// A stranger's connection waits for a request: its first, or one after an answer that needed nobody to
    /// be known. One too many costs the one that has waited longest its place, for it had the most time.
    void waits(ConnectionWatch stranger) {
        oldestBeyondTheLimit(stranger).ifPresent(ConnectionWatch::giveWay);
    }

    private synchronized Optional<ConnectionWatch> oldestBeyondTheLimit(ConnectionWatch stranger) {
        strangers.add(stranger);
        if (strangers.size() <= limits.maxWaiting()) {
            return Optional.empty();
        }
        var oldest = strangers.iterator().next();
        strangers.remove(oldest);
        return Optional.of(oldest);
    }

    /// A stranger has sent the head of a request, or is gone.
    synchronized void waitsNoMore(ConnectionWatch stranger) {
        strangers.remove(stranger);
    }
}
