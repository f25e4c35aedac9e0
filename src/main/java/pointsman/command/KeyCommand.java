package pointsman.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.access.KeyHash;

/// `key`: makes a key for a tenant.
@Command(
        name = "key",
        description = "Makes a key for a tenant and prints it once, with the lines for application.yml that admit it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class KeyCommand implements Callable<Integer> {
    @Option(
            names = "--tenant",
            paramLabel = "ID",
            description = "The tenant's id (default: ${DEFAULT-VALUE}).",
            defaultValue = "acme")
    private String tenant;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var key = KeyHash.newKey();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("""
                key (give it to the tenant; the gateway keeps only its hash):
                  %s

                application.yml:
                  pointsman:
                    access:
                      tenants:
                        - id: %s
                          key-hashes: ["%s"]
                """, key, tenant, KeyHash.of(key).text());
        out.flush();
        return 0;
    }
}
