package pointsman;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.aot.AbstractAotProcessor;
import pointsman.command.Commands;
import pointsman.command.ServeCommand;

/// The entry of every command of the one jar; see [Commands].
@SpringBootApplication
public class PointsmanApplication {
    static void main(String[] arguments) {
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            // The build looks at the beans and ends this by an exception, which picocli would keep for itself.
            SpringApplication.run(PointsmanApplication.class, arguments);
        }
        int code = Commands.run(PointsmanApplication.class, arguments);
        if (code != ServeCommand.RUNNING) {
            System.exit(code);
        }
    }
}
