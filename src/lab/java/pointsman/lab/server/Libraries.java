package pointsman.lab.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The libraries that a server runs with, as its pom names them. Maven fetches what is missing.
final class Libraries {
    private Libraries() {}

    /// The class path of what `pom` needs at run time: no tests, no laboratory.
    static String of(Path pom) throws IOException, InterruptedException {
        var list = Files.createTempFile("libraries-", ".txt");
        try {
            var process = new ProcessBuilder(
                            Checkout.path("mvnw").toString(),
                            "-q",
                            "-f",
                            pom.toString(),
                            "dependency:build-classpath",
                            "-DincludeScope=runtime",
                            "-Dmdep.outputFile=" + list)
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("Maven could not resolve what " + pom + " needs:\n" + said);
            }
            return Files.readString(list).strip();
        } finally {
            Files.delete(list);
        }
    }
}
