package pointsman.lab.server;

import java.util.List;

/// One line of the table: a kind of request, and how many at once.
///
/// @param gapMicros from one event of a stream to the next; 0: as fast as they go
record Cell(String name, String model, boolean streamed, int connections, int requests, long gapMicros) {
    private static final int LEAST_ANSWER = 1_200;
    private static final int LEAST_STREAM = 10_000;
    private static final long GAP_MICROS = 2_000;

    static Cell warmUp(int requests) {
        return answers(Math.min(16, requests), requests);
    }

    static Cell warmUpOfStreams(int requests) {
        return streams(16, requests);
    }

    /// As many streams at once as an upstream takes by default.
    static Cell manyStreams() {
        return new Cell("", "small", true, 256, 256, 10_000);
    }

    /// @param requests of a round, where they are answered in one piece
    static List<Cell> measured(int requests) {
        return List.of(
                answers(1, requests / 4),
                answers(16, requests),
                answers(64, requests),
                new Cell("answer, auto", "auto", false, 16, requests, 0),
                streams(1, requests / 20),
                streams(16, requests / 5),
                streams(64, requests / 5),
                new Cell("stream, 2 ms an event", "small", true, 64, requests / 5, GAP_MICROS));
    }

    /// Those whose costs are worth looking into.
    static List<Cell> profiled(int requests) {
        return List.of(
                answers(16, requests * 3),
                streams(16, requests),
                new Cell("stream, 2 ms an event", "small", true, 64, requests / 2, GAP_MICROS));
    }

    LoadGenerator.Load load() {
        return new LoadGenerator.Load(
                Exchanges.request(model, streamed), streamed ? LEAST_STREAM : LEAST_ANSWER, connections, requests);
    }

    private static Cell answers(int connections, int requests) {
        return new Cell("answer", "small", false, connections, requests, 0);
    }

    private static Cell streams(int connections, int requests) {
        return new Cell("stream", "small", true, connections, requests, 0);
    }
}
