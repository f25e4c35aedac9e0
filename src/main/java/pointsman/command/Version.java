package pointsman.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// The version that the jar's manifest states.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"Pointsman " + text()};
    }

    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }
}
