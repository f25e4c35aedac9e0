package pointsman;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import pointsman.command.Commands;
import pointsman.command.ServeCommand;

/// The entry of every command of the one jar; see [Commands].
@SpringBootApplication
public class PointsmanApplication {
    static void main(String[] arguments) {
        int code = Commands.run(PointsmanApplication.class, arguments);
        if (code != ServeCommand.RUNNING) {
            System.exit(code);
        }
    }
}
