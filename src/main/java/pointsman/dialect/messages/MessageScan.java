package pointsman.dialect.messages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.JsonScan;

/// Finds what accounting must know of one of Anthropic's messages, or of an event of its stream, where
/// nothing is unusual, by one look at the bytes. What it cannot tell for sure is left to the parser.
final class MessageScan {
    private static final byte[] TYPE = word("type");
    private static final byte[] MESSAGE = word("message");
    private static final byte[] DELTA = word("delta");
    private static final byte[] USAGE = word("usage");
    private static final byte[] CONTENT = word("content");
    private static final byte[] INPUT = word("input");
    private static final byte[] TEXT = word("text");
    private static final byte[] THINKING = word("thinking");
    private static final byte[] PARTIAL_JSON = word("partial_json");
    private static final byte[] MESSAGE_START = word("message_start");
    private static final byte[] MESSAGE_DELTA = word("message_delta");
    private static final byte[] MESSAGE_STOP = word("message_stop");
    private static final byte[] BLOCK_DELTA = word("content_block_delta");
    private static final byte[] ERROR = word("error");

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

    /// @param usage what takes the usage that is found
    MessageScan(UsageReader usage) {
        this.usage = usage;
    }

    /// Characters of text in what was looked at last.
    int characters() {
        return characters;
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
            if (json.says(TYPE)) {
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
            if (json.says(CONTENT)) {
                readContent();
            } else if (json.says(USAGE)) {
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
        if (isSecond || json.isEscaped() || json.says(ERROR)) {
            json.lose();
        }
    }

    private Kind kind() {
        if (json.says(BLOCK_DELTA)) {
            return Kind.SAYS;
        }
        if (json.says(MESSAGE_START)) {
            return Kind.STARTS;
        }
        if (json.says(MESSAGE_DELTA)) {
            return Kind.STATES;
        }
        return json.says(MESSAGE_STOP) ? Kind.STOPS : Kind.OTHER;
    }

    private void readOfEvent() {
        switch (kind) {
            case STARTS -> {
                if (json.says(MESSAGE)) {
                    readStart();
                } else {
                    json.skip();
                }
            }
            case STATES -> {
                if (json.says(USAGE)) {
                    readUsage();
                } else {
                    json.skip();
                }
            }
            case SAYS -> {
                if (json.says(DELTA)) {
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
            if (json.says(USAGE)) {
                readUsage();
            } else {
                json.skip();
            }
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
            if (json.says(TEXT) || json.says(THINKING) || json.says(PARTIAL_JSON)) {
                characters += json.text();
                texts++;
            } else if (json.says(INPUT)) {
                json.lose();
            } else {
                json.skip();
            }
        }
        if (texts > 1) {
            json.lose();
        }
    }

    private static byte[] word(String name) {
        return name.getBytes(US_ASCII);
    }
}
