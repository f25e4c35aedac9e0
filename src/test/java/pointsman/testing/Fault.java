package pointsman.testing;

/// The ways in which an upstream that is otherwise healthy lets its caller down: sixteen faults, fifteen
/// probes of what may come before the first word, and two ways that are none. What each does on the wire
/// is a [FaultScript].
///
/// Where a fault is said of a stream, its buffered twin stands in brackets.
public enum Fault {
    /// The whole answer.
    HEALTHY("none"),
    /// The whole answer, but a 400 where the last message is the assistant's.
    NO_PREFILL("none, but refuses a prefill"),

    S01("first 429 with `Retry-After: 2`, healthy after 2 s"),
    S02("429 without a header, always"),
    S03("500 once"),
    S04("503 always"),
    S05("a TCP reset before the status line, once"),
    S06("120 s of nothing, then closes"),
    S07("first word after 20 s [all after 20 s]"),
    S08("40 words, then the connection ends [60 % of the body]"),
    S09("20 words, then silence [headers, then silence]"),
    S10("an event of cut JSON after word 10 [half a body, its length right]"),
    S11("all, but no mark of its end"),
    S12("400, the context is too long"),
    S13("400, a content policy"),
    S14("S08, and the fallback refuses a prefill"),
    S15("503 for 60 s, then healthy; 20 requests 4 s apart"),
    S16("503 always: who is billed?"),

    X01("first an error event [200 with that JSON]"),
    X02("an empty stream, well ended [an empty body]"),
    X03("a role, then the connection ends [no choices]"),
    X04("a role, then an error event [as X01]"),
    X05("a role, then 40 s of silence, then it ends [headers, then that]"),
    X06("a comment each second for ever [a blank each second]"),
    X07("one comment, then the connection ends [one blank]"),
    X08("200 with `text/html`"),
    X10("503 with `Retry-After: 2`, healthy after 2 s"),
    X11("404, no such model"),
    X12("408 as a JSON error"),
    X13("409 as a JSON error"),
    X14("413 as a JSON error"),
    X15("422, the request's own fault"),
    X16("400 as llama.cpp says that the context is too long");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /// What the upstream does, in a few words.
    public String words() {
        return words;
    }

    /// Whether anything is wrong at all.
    public boolean isOne() {
        return this != HEALTHY && this != NO_PREFILL;
    }
}
