package pointsman.testing;

import java.io.IOException;
import java.time.Duration;

/// What the sixteen faults do.
final class FaultScripts {
    /// As long as the header says, less what a clock may be off.
    private static final Duration RECOVERED = Duration.ofMillis(1900);

    private static final String RETRY_AFTER = "retry-after: 2";
    private static final Complaint NO_PREFILL = new Complaint(
            400,
            "invalid_request_error",
            "",
            "invalid_request_error",
            "This model does not support assistant message prefill. The conversation must end with a user message.",
            "This model does not support assistant message prefill. The conversation must end with a user message.");

    private FaultScripts() {}

    static void whole(Speech speech) throws IOException, InterruptedException {
        speech.whole();
    }

    static void withoutPrefill(Speech speech) throws IOException, InterruptedException {
        if (speech.hasPrefill()) {
            speech.refuse(NO_PREFILL);
        } else {
            speech.whole();
        }
    }

    static void limitedAtFirst(Speech speech) throws IOException, InterruptedException {
        atFirst(speech, Complaint.LIMITED);
    }

    static void downAtFirst(Speech speech) throws IOException, InterruptedException {
        atFirst(speech, Complaint.DOWN);
    }

    private static void atFirst(Speech speech, Complaint complaint) throws IOException, InterruptedException {
        var arrival = speech.arrival();
        if (arrival.number() == 1 || arrival.sinceFirst().compareTo(RECOVERED) < 0) {
            speech.refuse(complaint, RETRY_AFTER);
        } else {
            speech.whole();
        }
    }

    static void once(Speech speech, FaultScript.Once fault) throws IOException, InterruptedException {
        if (speech.arrival().number() == 1) {
            fault.happen();
        } else {
            speech.whole();
        }
    }

    static void silent(Speech speech) throws IOException, InterruptedException {
        if (speech.pause(speech.pace().seconds(120))) {
            speech.cut();
        }
    }

    static void late(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.head();
        }
        if (!speech.pause(speech.pace().seconds(20))) {
            return;
        }
        if (speech.streams()) {
            speech.role();
            speech.say(speech.left());
            speech.end();
        } else {
            speech.whole();
        }
    }

    /// Forty of sixty words; asked for the rest, as great a share of it.
    static void cut(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.open();
            speech.say(speech.left() * 2 / 3);
            speech.cut();
        } else {
            speech.part(0.6, true);
        }
    }

    static void stalled(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.open();
            speech.say(speech.left() / 3);
        } else {
            speech.bufferedHead();
        }
        if (speech.pause(speech.pace().seconds(60))) {
            speech.cut();
        }
    }

    static void garbled(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.open();
            speech.say(Math.min(10, speech.left()));
            speech.cutWord();
            speech.say(speech.left());
            speech.end();
        } else {
            speech.part(0.5, false);
        }
    }

    static void unmarked(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.open();
            speech.say(speech.left());
            speech.close();
            speech.lastChunk();
        } else {
            speech.whole();
        }
    }

    static void downForAMinute(Speech speech) throws IOException, InterruptedException {
        if (speech.arrival().sinceTurn().compareTo(speech.pace().seconds(60)) < 0) {
            speech.refuse(Complaint.DOWN);
        } else {
            speech.whole();
        }
    }
}
