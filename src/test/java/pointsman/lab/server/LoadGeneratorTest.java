package pointsman.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The load of the server's benchmark, straight to the provider.
@Timeout(30)
class LoadGeneratorTest {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final LoadGenerator generator = new LoadGenerator(loop);
    private FastProvider provider;

    @BeforeEach
    void start() throws InterruptedException {
        provider = FastProvider.start(loop);
    }

    @AfterEach
    void stop() {
        provider.close();
        var _ = loop.shutdownGracefully();
    }

    @Test
    void everyRequestIsAnsweredInOnePieceOrAsAStream() throws Exception {
        var answers = new Cell("answer", "small", false, 4, 100, 0);
        var streams = new Cell("stream", "small", true, 4, 20, 0);

        assertThat(generator.run(provider.port(), answers.load())).isPositive();
        assertThat(generator.run(provider.port(), streams.load())).isPositive();
    }

    @Test
    void anAnswerThatIsTooShortEndsTheRun() {
        var load = new LoadGenerator.Load(Exchanges.request("small", false), 5_000, 1, 10);

        assertThatThrownBy(() -> generator.run(provider.port(), load))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bytes, not 5000");
    }
}
