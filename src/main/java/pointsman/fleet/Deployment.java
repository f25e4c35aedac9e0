package pointsman.fleet;

import java.util.Map;

/// A model at one provider. A model may have several; they share its load.
///
/// @param name in failures, logs and meters: the model's, where it has one deployment
/// @param id the name that its provider knows the model by
/// @param provider where it is reached
/// @param weight its share of the load, beside the others'
/// @param caching what the provider's prompt cache is told
/// @param habits what the provider takes of requests
/// @param defaults fields that are added to a request where the client left them out
/// @param isLocal whether the gateway runs it itself
/// @param health how it is; of a remote one only its breakers know more
public record Deployment(
        String name,
        String id,
        Provider provider,
        int weight,
        PromptCaching caching,
        SpokenHabits habits,
        Map<String, Object> defaults,
        boolean isLocal,
        Health health) {
    public Deployment {
        defaults = Map.copyOf(defaults);
        if (weight < 1 || weight > 1_000) {
            throw new IllegalArgumentException("weight: must be 1 to 1000, was " + weight);
        }
    }

    /// Whether what is asked there stays on this machine.
    public boolean staysHere() {
        return isLocal || provider.address().isLoopback();
    }

    /// One line for people: which model, and where.
    public String description() {
        return "%s (%s)".formatted(id, isLocal ? "local" : provider.address().host());
    }
}
