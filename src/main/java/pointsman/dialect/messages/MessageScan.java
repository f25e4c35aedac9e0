package pointsman.dialect.messages;

import java.util.List;
import pointsman.dialect.answer.Transcript;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.JsonScan;

/// Finds what accounting must know of one of Anthropic's messages, or of an event of its stream, where
/// nothing is unusual, by one look at the bytes. What it cannot tell for sure is left to the parser.
final class MessageScan {
    private static final List<String> TEXTS = List.of("text", "thinking", "partial_json");

    /// What an event is.
    private enum Kind {
        UNKNOWN,
        STARTS,
        SAYS,
        STATES,
        STOPS,
        OTHER
    }

    private final JsonScan json = new JsonScan();
    private final UsageReader usage;
    private Kind kind = Kind.UNKNOWN;
    private int characters;
    private boolean hasContent;
    private boolean statesUsage;
    private boolean statesReason;
    private String plain = "";
    private int plainFrom;
    private int plainTo;

    /// @param usage what takes the usage that is found
    MessageScan(UsageReader usage) {
        this.usage = usage;
    }

    /// Characters of text in what was looked at last.
    int characters() {
        return characters;
    }

    /// The field of what was looked at last, if it is a piece of text and nothing else; else empty.
    String plainField() {
        return kind == Kind.SAYS ? plain : "";
    }

    /// Where that text begins, as it is escaped.
    int plainFrom() {
        return plainFrom;
    }

    /// Where it ends.
    int plainTo() {
        return plainTo;
    }

    /// Whether the event that was looked at last says something: words, or how the message ends.
    boolean saysSomething() {
        return characters > 0 || kind == Kind.STATES || kind == Kind.STOPS;
    }

    /// Whether what was looked at last says why the message ends.
    boolean statesReason() {
        return statesReason;
    }

    /// Whether the event that was looked at last ends the message.
    boolean isStop() {
        return kind == Kind.STOPS;
    }

    /// Looks at an event of a stream.
    ///
    /// @return whether it is what it seems; else a parser has to read it
    boolean isEvent(byte[] bytes, int from, int to) {
        begin(bytes, from, to);
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            if (json.says("type")) {
                readType();
            } else {
                readOfEvent();
            }
        }
        return end();
    }

    /// Looks at a whole message.
    ///
    /// @return whether it is what it seems; else a parser has to read it
    boolean isMessage(byte[] bytes) {
        begin(bytes, 0, bytes.length);
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            if (json.says("content")) {
                readContent();
            } else if (json.says("usage")) {
                readUsage();
            } else {
                json.skip();
            }
        }
        return end() && hasContent;
    }

    private void begin(byte[] bytes, int from, int to) {
        kind = Kind.UNKNOWN;
        characters = 0;
        hasContent = false;
        statesUsage = false;
        statesReason = false;
        plain = "";
        json.begin(bytes, from, to);
    }

    private boolean end() {
        var isSure = json.isWhole();
        if (isSure && statesUsage) {
            usage.takeScanned();
        }
        return isSure;
    }

    private void readType() {
        var isSecond = kind != Kind.UNKNOWN;
        json.text();
        kind = kind();
        if (isSecond || json.isEscaped() || json.says("error")) {
            json.lose();
        }
    }

    private Kind kind() {
        if (json.says("content_block_delta")) {
            return Kind.SAYS;
        }
        if (json.says("message_start")) {
            return Kind.STARTS;
        }
        if (json.says("message_delta")) {
            return Kind.STATES;
        }
        if (json.says("content_block_start")) {
            // What kind of block it is, matters once for each: a parser tells.
            json.lose();
        }
        return json.says("message_stop") ? Kind.STOPS : Kind.OTHER;
    }

    private void readOfEvent() {
        switch (kind) {
            case STARTS -> {
                if (json.says("message")) {
                    readStart();
                } else {
                    json.skip();
                }
            }
            case STATES -> {
                if (json.says("usage")) {
                    readUsage();
                } else if (json.says("delta") && json.is('{')) {
                    readReason();
                } else {
                    json.skip();
                }
            }
            case SAYS -> {
                if (json.says("delta")) {
                    readText();
                } else {
                    json.skip();
                }
            }
            case STOPS, OTHER -> json.skip();
            // It depends on what comes: a parser knows it all at once.
            case UNKNOWN -> json.lose();
        }
    }

    private void readStart() {
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            if (json.says("usage")) {
                readUsage();
            } else {
                json.skip();
            }
        }
    }

    private void readReason() {
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            statesReason |= json.says("stop_reason") && json.is('"');
            json.skip();
        }
    }

    private void readUsage() {
        if (statesUsage) {
            json.lose();
        }
        statesUsage = true;
        usage.scan(json);
    }

    private void readContent() {
        if (hasContent) {
            json.lose();
        }
        hasContent = true;
        for (var some = json.beginList() && json.nextElement(); some; some = json.nextElement()) {
            readText();
        }
    }

    /// Reads a block, or a piece of one. The input of a call counts as it would be written here, which a
    /// parser knows.
    private void readText() {
        int texts = 0;
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            var field = textField();
            if (!field.isEmpty()) {
                characters += json.text();
                texts++;
                plain = Transcript.RUNS.contains(field) ? field : "";
                plainFrom = json.textFrom();
                plainTo = json.textTo();
            } else if (json.says("input")) {
                json.lose();
            } else {
                json.skip();
            }
        }
        if (texts > 1) {
            json.lose();
        }
    }

    private String textField() {
        for (var field : TEXTS) {
            if (json.says(field)) {
                return field;
            }
        }
        return "";
    }
}
