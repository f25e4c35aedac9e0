package pointsman.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import pointsman.failure.Failure;
import reactor.netty.http.server.HttpServer;

/// What is no HTTP at all is answered by the server itself, before any route and with an empty body. This gives those
/// answers the body that every error of the gateway has.
final class ProtocolErrors implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {
    private static final String NAME = "pointsman.protocolErrors";

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(ProtocolErrors::install);
    }

    private static HttpServer install(HttpServer server) {
        return server.doOnChannelInit((_, channel, _) -> channel.pipeline().addLast(NAME, new Filler()));
    }

    private static final class Filler extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            var isBare = message instanceof FullHttpResponse response && isBareError(response);
            super.write(context, isBare ? filled((FullHttpResponse) message) : message, promise);
        }

        private static boolean isBareError(FullHttpResponse response) {
            return response.status().code() >= 400 && !response.content().isReadable();
        }

        private static FullHttpResponse filled(FullHttpResponse bare) {
            var status = bare.status();
            var failure = new Failure.NoSuchRoute(
                    status.code(),
                    "invalid_http",
                    "This is no HTTP request within the limits: %s.".formatted(status.reasonPhrase()));
            var response = WireError.response(bare.protocolVersion(), bare.headers(), failure);
            bare.release();
            return response;
        }
    }
}
