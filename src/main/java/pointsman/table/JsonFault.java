package pointsman.table;

import tools.jackson.core.JacksonException;

/// What is wrong with a line of JSON, in words for the person who sent it; the parser's are for programmers.
final class JsonFault {
    private JsonFault() {}

    static BadTableException of(long line, JacksonException e) {
        var place = e.getLocation() == null || e.getLocation().getColumnNr() < 1
                ? "line %,d".formatted(line)
                : "line %,d, column %,d".formatted(line, e.getLocation().getColumnNr());
        return new BadTableException("%s: no valid JSON: %s".formatted(place, reason(e.getOriginalMessage())), e);
    }

    private static String reason(String words) {
        if (words.contains("nesting depth")) {
            return "it is nested deeper than 500 levels";
        }
        if (words.contains("Number value length")) {
            return "a number has more than 1,000 digits";
        }
        if (words.contains("Name length")) {
            return "a name has more than 50,000 characters";
        }
        if (words.contains("Duplicate Object property")) {
            return "a name stands twice in one object";
        }
        if (words.contains("Non-standard token")) {
            return "NaN and Infinity are no JSON numbers";
        }
        if (words.contains("UTF-8")) {
            return "a byte is no valid UTF-8";
        }
        if (words.contains("end-of-input")) {
            return "the line ends within its object; each line holds one whole JSON object";
        }
        return "something stands here that JSON does not have in this place";
    }
}
