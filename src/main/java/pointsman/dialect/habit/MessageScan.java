package pointsman.dialect.habit;

import pointsman.dialect.wire.JsonScan;

/// Looks through messages, one after the other, for what a habit may be about.
final class MessageScan {
    private final Habits habits;
    private final JsonScan scan;
    private int index = -1;
    private boolean found;
    private boolean isAssistant;
    private boolean hasContent;
    private boolean hasCalls;
    private boolean hasThought;

    MessageScan(Habits habits, JsonScan scan) {
        this.habits = habits;
        this.scan = scan;
    }

    boolean isFound() {
        return found;
    }

    boolean endsInAnAnswer() {
        return isAssistant;
    }

    /// Reads the message that must begin here.
    void message() {
        if (!scan.is('{')) {
            found = true;
            return;
        }
        index++;
        isAssistant = false;
        hasContent = false;
        hasCalls = false;
        hasThought = false;
        for (var some = scan.beginObject() && scan.nextMember(); some; some = scan.nextMember()) {
            member();
        }
        found |= hasCalls && !hasThought && habits.has(Habit.REASONING);
        found |= !hasContent && (habits.has(Habit.EMPTY_TEXT) || (isAssistant && habits.has(Habit.NULL_CONTENT)));
    }

    private void member() {
        for (var field : habits.concerns().inMessages()) {
            found |= scan.says(field);
        }
        if (scan.says("role")) {
            role();
        } else if (scan.says("content")) {
            content();
        } else if (scan.says("reasoning_content") && scan.is('"')) {
            hasThought = scan.text() > 0;
        } else {
            hasCalls |= scan.says("tool_calls");
            scan.skip();
        }
    }

    private void role() {
        if (!scan.is('"')) {
            scan.skip();
            return;
        }
        scan.text();
        isAssistant = scan.says("assistant");
        found |= scan.says("developer") && habits.has(Habit.DEVELOPER);
        found |= scan.says("system") && habits.has(Habit.SYSTEM) && (index > 0 || !habits.isChat());
    }

    /// Reads a text or a list of parts.
    void content() {
        if (scan.is('"')) {
            text();
        } else if (scan.is('[')) {
            found |= habits.has(Habit.CONTENT_LIST);
            var count = 0;
            for (var some = scan.beginList() && scan.nextElement(); some; some = scan.nextElement()) {
                count++;
                part();
            }
            hasContent |= count > 0;
            found |= count == 0 && (habits.has(Habit.EMPTY_TEXT) || habits.has(Habit.NULL_CONTENT));
        } else {
            scan.skip();
        }
    }

    private void part() {
        if (!scan.is('{')) {
            scan.skip();
            return;
        }
        for (var some = scan.beginObject() && scan.nextMember(); some; some = scan.nextMember()) {
            if (scan.says("text") && scan.is('"')) {
                text();
            } else if (scan.says("type") && scan.is('"')) {
                scan.text();
                var takesNone = habits.value(Habit.IMAGES).equals("none");
                found |= (scan.says("image_url") && habits.has(Habit.IMAGES)) || (scan.says("image") && takesNone);
            } else if (scan.says("content")) {
                content();
            } else if (scan.says("source") && habits.has(Habit.IMAGES)) {
                source();
            } else {
                scan.skip();
            }
        }
    }

    private void source() {
        if (!scan.is('{')) {
            scan.skip();
            return;
        }
        for (var some = scan.beginObject() && scan.nextMember(); some; some = scan.nextMember()) {
            if (scan.says("media_type") && scan.is('"')) {
                scan.text();
                var type = scan.word();
                found |= type.startsWith("image") && !habits.list(Habit.IMAGES).contains(type);
            } else {
                scan.skip();
            }
        }
    }

    private void text() {
        scan.text();
        hasContent = true;
        found |= habits.has(Habit.EMPTY_TEXT) && scan.mayBeBlank();
    }
}
