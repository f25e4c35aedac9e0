package pointsman.testing;

import java.io.IOException;

/// What the probes do: all that may come in the place of a first word.
final class ProbeScripts {
    private static final double A_MOMENT = 0.2;
    private static final String LLAMA_CPP_TOO_LONG = """
            {"error":{"code":400,"message":"the request exceeds the available context size, try increasing it",\
            "type":"exceed_context_size_error","n_prompt_tokens":9631,"n_ctx":8192}}""";

    private ProbeScripts() {}

    static void errorFirst(Speech speech) throws IOException {
        if (speech.streams()) {
            speech.head();
            speech.errorEvent(Complaint.OVERLOADED);
            speech.lastChunk();
        } else {
            speech.json(200, speech.error(Complaint.OVERLOADED));
        }
    }

    static void empty(Speech speech) throws IOException {
        if (speech.streams()) {
            speech.head();
            speech.lastChunk();
        } else {
            speech.json(200, "");
        }
    }

    static void roleThenCut(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.open();
            cutSoon(speech);
        } else {
            speech.json(200, speech.nothing());
        }
    }

    static void roleThenError(Speech speech) throws IOException {
        if (speech.streams()) {
            speech.open();
            speech.errorEvent(Complaint.OVERLOADED);
            speech.lastChunk();
        } else {
            speech.json(200, speech.error(Complaint.OVERLOADED));
        }
    }

    static void roleThenSilence(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.open();
        } else {
            speech.bufferedHead();
        }
        if (speech.pause(speech.pace().seconds(40))) {
            speech.cut();
        }
    }

    static void commentsForEver(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.head();
        } else {
            speech.bufferedHead();
        }
        while (speech.pause(speech.pace().seconds(1))) {
            sign(speech);
        }
    }

    static void commentThenCut(Speech speech) throws IOException, InterruptedException {
        if (speech.streams()) {
            speech.head();
        } else {
            speech.bufferedHead();
        }
        sign(speech);
        cutSoon(speech);
    }

    static void html(Speech speech) throws IOException {
        speech.html("<html><body>Please log in.</body></html>");
    }

    static void tooLongForLlamaCpp(Speech speech) throws IOException {
        speech.json(400, LLAMA_CPP_TOO_LONG);
    }

    /// A sign of life that says nothing.
    private static void sign(Speech speech) throws IOException {
        if (speech.streams()) {
            speech.keepAlive();
        } else {
            speech.chunk(" ");
        }
    }

    private static void cutSoon(Speech speech) throws IOException, InterruptedException {
        if (speech.pause(speech.pace().seconds(A_MOMENT))) {
            speech.cut();
        }
    }
}
