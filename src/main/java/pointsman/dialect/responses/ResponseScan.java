package pointsman.dialect.responses;

import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.JsonScan;

/// Finds what accounting must know of an event of a response's stream by one look at the bytes. What it
/// cannot tell for sure is left to the parser.
final class ResponseScan {
    private final JsonScan json = new JsonScan();
    private final UsageReader usage;
    private ResponseEvent kind = ResponseEvent.OTHER;
    private int characters;
    private boolean hasType;
    private boolean statesUsage;

    /// @param usage what takes the usage that is found
    ResponseScan(UsageReader usage) {
        this.usage = usage;
    }

    /// What was looked at last.
    ResponseEvent kind() {
        return kind;
    }

    /// Characters of text in it.
    int characters() {
        return kind.isPiece() ? characters : 0;
    }

    /// Looks at an event.
    ///
    /// @return whether it is what it seems; else a parser has to read it
    boolean isEvent(byte[] bytes, int from, int to) {
        kind = ResponseEvent.OTHER;
        characters = 0;
        hasType = false;
        statesUsage = false;
        json.begin(bytes, from, to);
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            if (json.says("type")) {
                readType();
            } else if (json.says("delta") && json.is('"')) {
                characters = json.text();
            } else if (json.says("response") && json.is('{')) {
                readResponse();
            } else {
                json.skip();
            }
        }
        var isSure = json.isWhole() && hasType;
        if (isSure && statesUsage) {
            usage.takeScanned();
        }
        return isSure;
    }

    private void readType() {
        json.text();
        if (hasType || json.isEscaped()) {
            json.lose();
        }
        hasType = true;
        kind = ResponseEvent.of(json.word());
    }

    private void readResponse() {
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            if (json.says("usage") && json.is('{')) {
                usage.scan(json);
                statesUsage = true;
            } else {
                json.skip();
            }
        }
    }
}
