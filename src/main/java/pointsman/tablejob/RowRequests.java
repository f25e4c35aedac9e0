package pointsman.tablejob;

import java.util.function.IntFunction;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.chat.ChatPrompt;

/// Rows as requests that can be decided: a user asks the instruction of the row's cells. When a row is
/// sent its instruction stands in the system message, which the router does not read; but what a row asks
/// is nothing without it.
///
/// @param dialects read them as they read what clients send
record RowRequests(Dialects dialects) {
    /// What a job asks for is settled when it is taken.
    private static final String SETTLED = "auto";

    /// What a job asks for, before its rows are looked at.
    ModelRequest first(TableSpec spec) {
        return request(spec.model(), spec.instruction());
    }

    /// The rows of a job that is settled.
    IntFunction<ModelRequest> of(TableInput input) {
        var prompt = new RowPrompt(input.table(), input.spec());
        return row -> request(SETTLED, prompt.text(row, input.columns()));
    }

    private ModelRequest request(String model, String text) {
        return dialects.read(Dialect.OPENAI_CHAT, Operation.CHAT, ChatPrompt.asked(model, text));
    }
}
