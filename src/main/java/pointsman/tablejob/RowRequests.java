package pointsman.tablejob;

import java.util.function.IntFunction;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.chat.ChatPrompt;
import pointsman.job.Choosing;
import pointsman.route.Route;

/// Rows as requests that can be decided: a user asks the instruction of the row's cells. When a row is
/// sent its instruction stands in the system message, which the router does not read; but what a row asks
/// is nothing without it.
///
/// @param dialects read them as they read what clients send
record RowRequests(Dialects dialects) {
    /// What a job asks for is settled when it is taken.
    private static final String SETTLED = "auto";

    /// How the tiers of a job's rows are chosen, whatever becomes of the names of models meanwhile.
    ///
    /// @throws pointsman.failure.FailureException if there is no such model, or the tenant may not call it
    TierPolicy settle(Tenant tenant, TableSpec spec, Choosing choosing) {
        return switch (choosing.allow(tenant, request(spec.model(), spec.instruction()))) {
            case Route.ToTier(var tier) -> new TierPolicy.Pinned(tier, TierPolicy.By.MODEL);
            case Route.ToModel(var tier, var named) -> new TierPolicy.Named(tier, named);
            case Route.ByPolicy _ -> tenant.policy();
            case Route.ToEmbeddings _ -> throw new IllegalStateException("rows are chats");
        };
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
