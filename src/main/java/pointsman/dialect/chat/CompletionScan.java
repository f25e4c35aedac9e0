package pointsman.dialect.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pointsman.dialect.answer.Transcript;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.JsonScan;

/// Finds what [CompletionFacts] tells where nothing is unusual, by one look at the bytes: a hundred times
/// for one answer, of which a hundredth states anything. What it cannot tell for sure is left to the
/// parser.
final class CompletionScan {
    private static final int MOST_CHOICES = 1_000;

    private final JsonScan json = new JsonScan();
    private final UsageReader usage;
    private int choices;
    private List<Integer> finished = List.of();
    private boolean isFinished;
    private boolean isError;
    private int characters;
    private boolean calls;
    private boolean statesUsage;
    /// What the only text is, as long as there is nothing else in the choices; empty if there is.
    private String plain = "";
    private int plainFrom;
    private int plainTo;
    private int others;

    /// @param usage what takes the usage that is found
    CompletionScan(UsageReader usage) {
        this.usage = usage;
    }

    /// Looks at a completion or a chunk of one.
    ///
    /// @return empty if a parser has to read it
    Optional<CompletionFacts> of(byte[] bytes, int from, int to) {
        choices = 0;
        finished = List.of();
        isError = false;
        characters = 0;
        calls = false;
        statesUsage = false;
        plain = "";
        others = 0;
        json.begin(bytes, from, to);
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            readField();
        }
        if (!json.isWhole()) {
            return Optional.empty();
        }
        if (statesUsage) {
            usage.takeScanned();
        }
        return Optional.of(new CompletionFacts(choices, finished, isError, characters, calls, statesUsage));
    }

    /// The field of what was looked at last, if that is one piece of text of the only choice, and nothing
    /// else; else empty.
    String plainField() {
        return others == 0 && choices == 1 && finished.isEmpty() ? plain : "";
    }

    /// Where that text begins, as it is escaped.
    int plainFrom() {
        return plainFrom;
    }

    /// Where it ends.
    int plainTo() {
        return plainTo;
    }

    private void readField() {
        if (json.says("choices") && json.is('[')) {
            for (var some = json.beginList() && json.nextElement(); some; some = json.nextElement()) {
                readChoice();
            }
        } else if (json.says("usage") && json.is('{')) {
            readUsage();
        } else {
            isError |= json.says("error") && !json.is('n');
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

    private void readChoice() {
        int index = 0;
        isFinished = false;
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            if (json.says("index")) {
                index = (int) Math.min(json.number(), MOST_CHOICES);
            } else {
                readMember();
            }
        }
        choices = Math.max(choices, index + 1);
        if (isFinished) {
            finished = new ArrayList<>(finished);
            finished.add(index);
        }
    }

    /// A member at any depth of a choice.
    private void readMember() {
        if (!json.is('"')) {
            readWithin();
            return;
        }
        isFinished |= json.says("finish_reason");
        var field = textField();
        calls |= CompletionFacts.CALLS.stream().anyMatch(json::says);
        others += field.isEmpty() && !json.says("role") ? 1 : 0;
        int length = json.text();
        if (!field.isEmpty() && length > 0) {
            characters += length;
            others += plain.isEmpty() && Transcript.RUNS.contains(field) ? 0 : 1;
            plain = field;
            plainFrom = json.textFrom();
            plainTo = json.textTo();
        }
    }

    private void readWithin() {
        if (json.is('{')) {
            for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
                readMember();
            }
        } else if (json.is('[')) {
            for (var some = json.beginList() && json.nextElement(); some; some = json.nextElement()) {
                readWithin();
            }
        } else {
            json.skip();
        }
    }

    /// The name of a text that is read next, if it is one of the answer.
    private String textField() {
        for (var field : CompletionFacts.TEXTS) {
            if (json.says(field)) {
                return field;
            }
        }
        return "";
    }
}
