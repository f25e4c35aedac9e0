package pointsman.lab.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where the servers run: a provider behind them, a load before them.
record Track(FastProvider provider, LoadGenerator generator) {
    private static final int TRIES = 300;

    /// A server listens before it has its routes.
    void awaitServing(Server server) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                generator.run(server.port(), Cell.warmUp(1).load());
                return;
            } catch (IOException failed) {
                if (tried == TRIES) {
                    throw new IOException(server.name() + " does not serve", failed);
                }
                Thread.sleep(100);
            }
        }
    }

    /// Each server by turns, so that what disturbs one disturbs the other.
    ///
    /// @return the median of each server's rounds
    List<Cost> medians(List<Server> servers, Cell cell, int rounds) throws IOException, InterruptedException {
        var costs = new ArrayList<List<Cost>>();
        for (int round = 0; round < rounds; round++) {
            costs.add(run(servers, cell));
        }
        var medians = new ArrayList<Cost>();
        for (int server = 0; server < servers.size(); server++) {
            int index = server;
            medians.add(
                    Cost.median(costs.stream().map(round -> round.get(index)).toList()));
        }
        return medians;
    }

    List<Cost> run(List<Server> servers, Cell cell) throws IOException, InterruptedException {
        provider.gap(cell.gapMicros());
        var costs = new ArrayList<Cost>();
        for (var server : servers) {
            var before = server.usage();
            var elapsed = generator.run(server.port(), cell.load());
            costs.add(Cost.of(server.usage().minus(before), cell.requests(), elapsed));
        }
        return costs;
    }
}
