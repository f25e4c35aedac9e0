package pointsman.testing;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One upstream of a [FaultyProvider]: it has an address, ways, and a memory of its own, so that many
/// cases can be tried at once and none disturbs another. It begins healthy.
public final class FaultyUpstream {
    private final String baseUrl;
    private final int inputTokens;
    private final Pace pace;
    private final List<FaultyCall> calls = new ArrayList<>();
    private Fault fault = Fault.HEALTHY;
    private long turnedNanos = System.nanoTime();

    FaultyUpstream(String baseUrl, int inputTokens, Pace pace) {
        this.baseUrl = baseUrl;
        this.inputTokens = inputTokens;
        this.pace = pace;
    }

    /// With `/v1`, without a slash at the end.
    public String baseUrl() {
        return baseUrl;
    }

    /// Changes its ways, and forgets the calls so far.
    public synchronized void turn(Fault to) {
        fault = to;
        calls.clear();
        turnedNanos = System.nanoTime();
    }

    /// The calls since it last changed its ways.
    public synchronized List<FaultyCall> calls() {
        return List.copyOf(calls);
    }

    void answer(Call call, Socket socket) throws IOException, InterruptedException {
        var exchange = new Exchange(call, socket, 1);
        var arrival = arrive(call);
        var wire = WordWire.of(call.path());
        var refusal = StrictWords.refusal(wire, call);
        if (refusal.isPresent()) {
            exchange.json(refusal.get().status(), refusal.get().body());
            return;
        }
        FaultScript.of(arrival.fault()).answer(new Speech(exchange, wire, pace, arrival, inputTokens));
    }

    private synchronized Arrival arrive(Call call) {
        var at = Duration.ofNanos(System.nanoTime() - turnedNanos);
        calls.add(new FaultyCall(at, call));
        return new Arrival(fault, calls.size(), at, at.minus(calls.getFirst().at()));
    }

    /// A call as the upstream sees it come.
    ///
    /// @param fault how it is answered
    /// @param number 1 for the first
    /// @param sinceTurn when it came
    /// @param sinceFirst how long after the first
    record Arrival(Fault fault, int number, Duration sinceTurn, Duration sinceFirst) {}
}
