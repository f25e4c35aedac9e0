package pointsman.testing.failover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import pointsman.testing.Words;

/// What a client heard: the transfer, and what it read in it.
record Heard(RawAnswer raw, Reading reading) {
    private static final List<String> HEADERS =
            List.of("x-pointsman-request-id", "x-pointsman-tier", "x-pointsman-model", "x-pointsman-reason");
    private static final List<String> ALL = List.of(Words.TEXT.split(" ", -1));

    /// Reads an answer as a client of this kind does.
    static Heard of(RawAnswer raw, ClientKind client, boolean stream) {
        var reading = client.reading();
        if (raw.status() == 200) {
            if (stream) {
                reading.readStream(raw.body());
            } else {
                reading.readWhole(raw.body());
            }
            var type = stream ? "text/event-stream" : "application/json";
            reading.complainUnless(raw.header("content-type").startsWith(type), "not " + type);
            HEADERS.forEach(name -> reading.complainUnless(!raw.header(name).isEmpty(), "no " + name));
        } else if (raw.status() > 0 && raw.ending() == RawAnswer.Ending.PROPER) {
            reading.readRefusal(raw.body());
        }
        return new Heard(raw, reading);
    }

    double seconds() {
        return raw.time().toMillis() / 1e3;
    }

    /// Whether it says of itself that it is whole.
    boolean claimsToBeWhole() {
        return raw.status() == 200
                && raw.ending() == RawAnswer.Ending.PROPER
                && reading.error().isEmpty();
    }

    /// Whether it has every word once, and ends as its dialect ends.
    boolean isWhole() {
        return claimsToBeWhole()
                && reading.hasEnded()
                && reading.text().equals(Words.TEXT)
                && reading.complaints().isEmpty();
    }

    /// Whether it says that it is not whole, and everything that it said so far was right.
    boolean isHonestError() {
        var told = raw.ending() == RawAnswer.Ending.CUT
                || (raw.ending() == RawAnswer.Ending.PROPER && !reading.error().isEmpty());
        return told
                && !reading.hasEnded()
                && !isInternal()
                && Words.TEXT.startsWith(reading.text())
                && reading.complaints().isEmpty();
    }

    boolean isInternal() {
        return raw.status() == 500 || reading.error().startsWith("internal_error");
    }

    /// All of that in a few words.
    String words() {
        var words = new ArrayList<String>();
        words.add(raw.status() == 0 ? "no answer" : Integer.toString(raw.status()));
        if (raw.status() == 200) {
            words.add(text());
        }
        switch (raw.ending()) {
            case HUNG -> words.add("hangs");
            case CUT -> words.add("connection lost");
            case PROPER -> words.add(reading.error().isEmpty() ? "" : code());
        }
        if (claimsToBeWhole() && !reading.hasEnded()) {
            words.add("no mark of its end");
        }
        words.addAll(reading.complaints());
        return String.join(", ", words.stream().filter(word -> !word.isEmpty()).toList());
    }

    private String code() {
        var code = reading.error();
        return "error " + code.substring(0, Math.max(0, code.indexOf(':')));
    }

    private String text() {
        var text = reading.text();
        if (text.equals(Words.TEXT)) {
            return "whole";
        }
        var words = Arrays.stream(text.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        if (Words.TEXT.startsWith(text)) {
            return words.size() + " words";
        }
        return words.equals(ALL.subList(0, Math.min(ALL.size(), words.size())))
                ? "whitespace wrong"
                : "%d words, %d of them distinct".formatted(words.size(), new HashSet<>(words).size());
    }
}
