package pointsman.dialect.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private boolean statesUsage;

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
        statesUsage = false;
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
        return Optional.of(new CompletionFacts(choices, finished, isError, characters, statesUsage));
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
        var isText = isText();
        int length = json.text();
        characters += isText ? length : 0;
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

    private boolean isText() {
        return json.says("content")
                || json.says("text")
                || json.says("reasoning_content")
                || json.says("reasoning")
                || json.says("refusal")
                || json.says("arguments");
    }
}
