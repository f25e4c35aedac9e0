package pointsman.fleet;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/// Drops interim responses (RFC 9110, 15.2), such as `103 Early Hints`, of which any number may come before the answer.
/// Reactor Netty 1.3 would take the first of them for the answer itself.
final class InterimResponses extends ChannelInboundHandlerAdapter {
    private boolean dropping;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            dropping = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (!dropping) {
            context.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        dropping = !(message instanceof LastHttpContent);
        if (!dropping) {
            context.read();
        }
    }
}
