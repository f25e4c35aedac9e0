package pointsman.lab.server;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The costs of the servers side by side, and how many times the last one's the first one's are.
final class CostTable {
    private final List<Server> servers;

    CostTable(List<Server> servers) {
        this.servers = List.copyOf(servers);
    }

    String head() {
        var names = servers.stream().map(Server::name).collect(Collectors.joining(" | "));
        return """
                For each server (%s): microseconds of processor a request (thereof in the kernel), kB allocated, requests/s.
                %-22s %5s%s""".formatted(names, "request", "conns", "      µs  kernel      kB     req/s".repeat(servers.size()))
                + (servers.size() > 1 ? "    µs ratio kB ratio" : "");
    }

    String row(Cell cell, List<Cost> costs) {
        var line = new StringBuilder("%-22s %5d".formatted(cell.name(), cell.connections()));
        for (var cost : costs) {
            line.append(String.format(
                    Locale.ROOT,
                    "%8.1f %6.0f%% %7.1f %9.0f",
                    cost.micros(),
                    100 * cost.system(),
                    cost.allocated() / 1024,
                    cost.rate()));
        }
        if (costs.size() > 1) {
            line.append(String.format(
                    Locale.ROOT,
                    "    %8.2f %8.2f",
                    costs.getFirst().micros() / costs.getLast().micros(),
                    costs.getFirst().allocated() / costs.getLast().allocated()));
        }
        return line.toString();
    }
}
