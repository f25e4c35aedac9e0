package pointsman.lab.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/// Spring Cloud Gateway with nothing of ours in it. It runs in a process of its own, with the libraries that
/// `src/lab/bare-gateway/pom.xml` names; its one route is given as properties. No
/// `@Configuration`, which the scan of Pointsman would find among the tests.
@EnableAutoConfiguration
public class BareGateway {
    static void main(String[] arguments) {
        SpringApplication.run(BareGateway.class, arguments);
    }
}
