package pointsman.dialect.habit;

import java.util.List;
import pointsman.dialect.wire.JsonScan;

/// Looks through a request for anything that a habit may be about. It may err to one side only: what it
/// lets pass would have stayed as it is.
///
/// For one request.
final class HabitScan {
    private final Habits habits;
    private final Concerns concerns;
    private final JsonScan scan = new JsonScan();
    private final MessageScan messages;
    private boolean found;
    private boolean hasTools;
    private boolean needsTools;
    /// How many were seen of the fields that must not be there together.
    private int together;

    HabitScan(Habits habits) {
        this.habits = habits;
        this.concerns = habits.concerns();
        this.messages = new MessageScan(habits, scan);
    }

    /// Whether a habit may be about something in this request.
    ///
    /// @param body a JSON object
    boolean mayConcern(byte[] body) {
        scan.begin(body, 0, body.length);
        var some = scan.beginObject() && scan.nextMember();
        while (some) {
            field();
            if (found) {
                return true;
            }
            some = scan.nextMember();
        }
        return !scan.isWhole() || (needsTools && !hasTools) || together > 1;
    }

    private void field() {
        found = isOneOf(concerns.fields());
        needsTools |= isOneOf(concerns.needsTools());
        together += isOneOf(concerns.notBoth()) ? 1 : 0;
        if (scan.says("messages")) {
            messages();
        } else if (scan.says("tools")) {
            tools();
        } else if (scan.says("system")) {
            messages.content();
            found |= messages.isFound();
        } else if (scan.says("reasoning_effort")) {
            effort();
        } else if (scan.says("output_config") || (scan.says("reasoning") && habits.isResponses())) {
            output();
        } else if (scan.says("thinking")) {
            thinking();
        } else {
            bounded();
        }
    }

    private boolean isOneOf(List<String> words) {
        for (var word : words) {
            if (scan.says(word)) {
                return true;
            }
        }
        return false;
    }

    /// A number within its bound stays; a list is counted later.
    private void bounded() {
        var most = concerns.most().isEmpty() ? null : concerns.most().get(scan.word());
        if (most == null || scan.is('"')) {
            scan.skip();
        } else if (scan.is('[')) {
            found = true;
        } else {
            found |= scan.number() > most;
        }
    }

    private void effort() {
        if (habits.has(Habit.EFFORTS) && scan.is('"')) {
            scan.text();
            found |= !isOneOf(habits.list(Habit.EFFORTS));
        } else {
            scan.skip();
        }
    }

    private void output() {
        if (!scan.is('{')) {
            scan.skip();
            return;
        }
        for (var some = scan.beginObject() && scan.nextMember(); some; some = scan.nextMember()) {
            found |= scan.says("format") && habits.readsSchemas();
            if (scan.says("effort")) {
                effort();
            } else {
                scan.skip();
            }
        }
    }

    private void thinking() {
        if (!scan.is('{')) {
            scan.skip();
            return;
        }
        for (var some = scan.beginObject() && scan.nextMember(); some; some = scan.nextMember()) {
            if (scan.says("type") && scan.is('"')) {
                scan.text();
                found |= scan.says("enabled") && habits.has(Habit.THINKING_BUDGET);
            } else {
                scan.skip();
            }
        }
    }

    private void tools() {
        if (!scan.is('[')) {
            scan.skip();
            return;
        }
        var count = 0;
        for (var some = scan.beginList() && scan.nextElement(); some; some = scan.nextElement()) {
            count++;
            tool();
        }
        hasTools = count > 0;
        found |= (count == 0 && habits.has(Habit.EMPTY_TOOLS))
                || count > concerns.most().getOrDefault("tools", Integer.MAX_VALUE);
    }

    /// Its name, within `function` or not, and whether its schema is strict.
    private void tool() {
        if (!scan.is('{')) {
            scan.skip();
            return;
        }
        for (var some = scan.beginObject() && scan.nextMember(); some; some = scan.nextMember()) {
            if (scan.says("name") && scan.is('"')) {
                scan.text();
                found |= scan.isEscaped() || !habits.takesToolName(scan.word());
            } else if (scan.says("function") || scan.says("custom")) {
                tool();
            } else {
                found |= scan.says("strict") && scan.is('t') && habits.readsSchemas();
                scan.skip();
            }
        }
    }

    private void messages() {
        if (!scan.is('[')) {
            scan.skip();
            return;
        }
        for (var some = scan.beginList() && scan.nextElement(); some; some = scan.nextElement()) {
            messages.message();
            if (messages.isFound()) {
                found = true;
                return;
            }
        }
        found |= messages.endsInAnAnswer() && habits.has(Habit.PREFILL);
    }
}
