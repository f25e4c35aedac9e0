package pointsman.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// Some of a list's names, as Anthropic's `limit`, `after_id` and `before_id` cut it: the first after a name, or the
/// last before one.
///
/// @param names in the list's order
/// @param hasMore whether there are further ones in the direction that was asked for
record ModelPage(List<String> names, boolean hasMore) {
    private static final int USUAL = 20, MOST = 1000;

    /// @throws FailureException a [Failure.BadRequest] that names the parameter at fault
    static ModelPage of(List<String> all, MultiValueMap<String, String> query) {
        var after = query.getFirst("after_id");
        var before = query.getFirst("before_id");
        if (after != null && before != null) {
            throw wrong("before_id", "'after_id' and 'before_id' cannot be used together.");
        }
        var limit = limit(query.getFirst("limit"));
        var from = after == null ? 0 : place(all, "after_id", after) + 1;
        var to = before == null ? all.size() : place(all, "before_id", before);
        return before == null
                ? new ModelPage(all.subList(from, Math.min(to, from + limit)), to - from > limit)
                : new ModelPage(all.subList(Math.max(from, to - limit), to), to - from > limit);
    }

    private static int limit(@Nullable String value) {
        if (value == null) {
            return USUAL;
        }
        try {
            var limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // Said below, with the limits.
        }
        throw wrong("limit", "'limit' must be a number from 1 to %d.".formatted(MOST));
    }

    private static int place(List<String> all, String parameter, String name) {
        var place = all.indexOf(name);
        if (place < 0) {
            throw wrong(parameter, "'%s' must be the id of a model of this list.".formatted(parameter));
        }
        return place;
    }

    private static FailureException wrong(String parameter, String message) {
        return Failure.BadRequest.inField(parameter, message).asException();
    }
}
