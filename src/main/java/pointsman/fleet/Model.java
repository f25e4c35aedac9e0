package pointsman.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pointsman.dialect.Dialect;
import pointsman.dialect.ModelRequest;
import pointsman.failure.FailureException;
import pointsman.usage.Pricing;

/// One model behind the gateway, wherever it is deployed.
///
/// @param name ours: what clients may call it, and its name in failures, logs and meters
/// @param deployments where it is reached, one at least
/// @param abilities what it can be asked
/// @param price of its tokens
/// @param fallbacks names of models that may answer for it when it cannot, in this order
public record Model(
        String name, List<Deployment> deployments, Abilities abilities, Pricing price, List<String> fallbacks) {
    /// What follows the name of that which does not leave this machine.
    public static final String HERE = "@here";

    public Model {
        deployments = List.copyOf(deployments);
        fallbacks = List.copyOf(fallbacks);
        if (deployments.isEmpty()) {
            throw new IllegalArgumentException("%s: has no deployment".formatted(name));
        }
    }

    /// The name that its first provider knows it by.
    public String id() {
        return deployments.getFirst().id();
    }

    /// Whether the gateway runs it itself.
    public boolean local() {
        return deployments.getFirst().isLocal();
    }

    /// The same, as far as it does not leave this machine. Where something of it does, what stays has a
    /// name of its own, by which a job that was kept finds it again.
    public Optional<Model> here() {
        var stay = deployments.stream().filter(Deployment::staysHere).toList();
        if (stay.size() == deployments.size()) {
            return Optional.of(this);
        }
        return stay.isEmpty()
                ? Optional.empty()
                : Optional.of(new Model(name + HERE, stay, abilities, price, fallbacks));
    }

    /// The same, as far as its providers speak this format.
    public Optional<Model> speaking(Dialect format) {
        var speak = deployments.stream()
                .filter(each -> each.provider().spoken(format).isPresent())
                .toList();
        return speak.isEmpty() ? Optional.empty() : Optional.of(new Model(name, speak, abilities, price, fallbacks));
    }

    /// Why it cannot be asked this, as far as is known before it is asked, in the word that reasons
    /// have for it.
    public Optional<String> lacks(ModelRequest request) {
        return abilities
                .lacks(request.demands())
                .map(what -> what.isReading() ? what.label() : "%s_lacks_%s".formatted(name, what.label()))
                .or(() -> abilities.fits(request.size()) ? Optional.empty() : Optional.of("too_long"));
    }

    /// Whether one of its deployments can be asked this operation.
    public boolean takes(ModelRequest request) {
        return deployments.stream()
                .flatMap(each -> each.provider().dialects().stream())
                .anyMatch(request::isKnownTo);
    }

    /// Opens the way of a request: writes it in the words of this model, once, however often it is
    /// sent then.
    ///
    /// @param caller whose request it is: prompt caches are kept apart by tenant, and a job says
    ///     which slot of a local model its lane stays on
    /// @param request what is asked
    /// @param headers of the client that a provider of its own dialect may see; no other sees them
    /// @throws FailureException a [Failure.UnsupportedByUpstream] if the request says what cannot
    ///     be said there, a [Failure.BadRequest] if it is wrong
    public Outbound open(Caller caller, ModelRequest request, Map<String, String> headers) {
        return Outbound.open(this, caller, request, headers);
    }

    /// One line for people: which model it is, and where.
    public String description() {
        return deployments.stream().map(Deployment::description).distinct().collect(Collectors.joining(", "));
    }
}
