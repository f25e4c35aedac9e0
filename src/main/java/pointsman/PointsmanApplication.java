package pointsman;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The entry of every command of the one jar.
@SpringBootApplication
public class PointsmanApplication {
    static void main(String[] arguments) {
        SpringApplication.run(PointsmanApplication.class, arguments);
    }
}
