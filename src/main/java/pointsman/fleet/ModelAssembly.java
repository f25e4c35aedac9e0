package pointsman.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.dialect.Capability;
import pointsman.dialect.habit.HabitTable;
import pointsman.failure.StartRefused;
import pointsman.fleet.FleetProperties.Endpoint;
import pointsman.fleet.FleetProperties.Spoken;
import pointsman.fleet.ModelsProperties.CachingEntry;
import pointsman.fleet.ModelsProperties.DeploymentEntry;
import pointsman.fleet.ModelsProperties.FleetEntry;
import pointsman.fleet.ModelsProperties.ModelEntry;
import pointsman.fleet.catalogue.Catalogue;
import pointsman.fleet.catalogue.KnownModel;
import pointsman.fleet.local.LocalModel;
import pointsman.fleet.local.LocalModelException;
import pointsman.fleet.local.LocalModels;
import pointsman.usage.Price;
import pointsman.usage.Pricing;

/// Makes the models of what the configuration says and the catalogue knows. Local ones are fetched and
/// started.
final class ModelAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(ModelAssembly.class);

    /// Names that clients make up are remembered, but not without end.
    private static final int MOST_AS_IS = 1_000;

    /// What the habits call an engine of the gateway's own. Nothing is fitted to them, for such an engine
    /// gets listed fields only; they tell how it goes on with an answer.
    private static final String OWN_ENGINE = "llama-server";

    private final Providers providers;
    private final LocalModels localModels;
    private final Catalogue catalogue;
    private final HabitTable habits;
    private final Map<String, Model> asIs = new ConcurrentHashMap<>();

    /// @param lists of models and habits in the place of those in the jar
    ModelAssembly(Providers providers, LocalModels localModels, FleetEntry lists) {
        this.catalogue = catalogue(lists);
        this.habits = habits(lists);
        this.providers = providers;
        this.localModels = localModels;
    }

    /// All of them: those of `pointsman.upstreams` that a ladder has, and those of `pointsman.models`.
    Models models(FleetProperties upstreams, ModelsProperties properties, UsedModels used) {
        var models = new ArrayList<Model>();
        if (isMade(Models.SMALL, properties, used)) {
            models.add(model(Models.SMALL, upstreams.small(), upstreams));
        }
        properties.models().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> models.add(model(entry.getKey(), entry.getValue())));
        if (isMade(Models.LARGE, properties, used)) {
            models.add(model(Models.LARGE, upstreams.largeOrProvider(), upstreams));
        }
        if (upstreams.embeddings().isConfigured()) {
            models.add(model(Models.EMBEDDINGS, upstreams.embeddings(), upstreams));
        }
        var all = new Models(models, providers.all(), catalogued(), this::asIs);
        models.forEach(model -> requireFallbacks(model, all));
        return all;
    }

    /// Whether a ladder has what `pointsman.upstreams` describes, and no model of ours has its name.
    private static boolean isMade(String name, ModelsProperties properties, UsedModels used) {
        return used.names().contains(name) && !properties.models().containsKey(name);
    }

    private static void requireFallbacks(Model model, Models all) {
        model.fallbacks().stream()
                .filter(name -> all.named(name).isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw new StartRefused(
                            "pointsman.models.%s.fallbacks: there is no model '%s'".formatted(model.name(), name),
                            "Name a model of pointsman.models, or a provider's as provider/name.");
                });
    }

    /// The models of the catalogue that providers serve: by their own names where these are the provider's
    /// alone, else with the provider's in front.
    private List<String> catalogued() {
        return providers.all().stream()
                .flatMap(provider -> catalogue.models().stream()
                        .filter(known -> known.provider().equals(providers.maker(provider)) && known.isOne())
                        .map(known -> provider.serves(known.id()) ? known.id() : provider.name() + "/" + known.id()))
                .distinct()
                .toList();
    }

    /// A model that a client calls by its provider's own name for it.
    private Model asIs(Provider provider, String id) {
        var name = provider.name() + "/" + id;
        var made = asIs.get(name);
        if (made != null) {
            return made;
        }
        var known = catalogue.find(providers.maker(provider), id);
        var deployment = new Deployment(
                provider.name(),
                id,
                provider,
                1,
                providers.caching(provider),
                habits(provider, id),
                Map.of(),
                false,
                Health.UNKNOWN);
        var model = new Model(
                name,
                List.of(deployment),
                known.map(ModelAssembly::abilities).orElse(Abilities.unknown()),
                price(known),
                List.of());
        if (asIs.size() < MOST_AS_IS) {
            asIs.put(name, model);
        }
        return model;
    }

    private Model model(String name, ModelEntry entry) {
        var remote = entry.remote();
        var deployments = entry.local().isEmpty()
                ? remote.stream().map(each -> deployment(name, each, remote)).toList()
                : List.of(local(name, entry.local()).deployment());
        var known = remote.isEmpty()
                ? Optional.<KnownModel>empty()
                : catalogue.find(
                        providers.maker(deployments.getFirst().provider()),
                        deployments.getFirst().id());
        var usual = entry.local().isEmpty()
                ? known.map(ModelAssembly::abilities).orElse(Abilities.unknown())
                : Abilities.reading(local(name, entry.local()).model().contextTokens(), Set.of());
        return new Model(
                name,
                deployments,
                abilities(usual, entry.contextTokens(), entry.abilities()),
                Optional.ofNullable(entry.price())
                        .flatMap(ModelsProperties.PriceEntry::stated)
                        .<Pricing>map(price -> price)
                        .orElseGet(() -> entry.local().isEmpty() ? price(known) : Price.FREE),
                entry.fallbacks());
    }

    private Deployment deployment(String model, DeploymentEntry entry, List<DeploymentEntry> all) {
        var provider = providers.named(entry.provider(), model);
        var id = entry.as().isEmpty() ? model : entry.as();
        return new Deployment(
                name(model, id, entry, all),
                id,
                provider,
                entry.weight(),
                providers.caching(provider),
                habits(provider, id),
                Map.of(),
                false,
                Health.UNKNOWN);
    }

    /// A model's own name where it has one deployment, else with the provider's, and what the provider
    /// calls it where that has two of them.
    private static String name(String model, String id, DeploymentEntry entry, List<DeploymentEntry> all) {
        if (all.size() == 1) {
            return model;
        }
        var there = all.stream()
                .filter(each -> each.provider().equals(entry.provider()))
                .count();
        return "%s@%s%s".formatted(model, entry.provider(), there > 1 ? "/" + id : "");
    }

    private Model model(String name, Endpoint endpoint, FleetProperties upstreams) {
        if (endpoint.price().isHalf()) {
            LOG.warn(
                    "pointsman.upstreams.{}.price states only one of input and output; the other is taken for 0", name);
        }
        return endpoint.isRemote()
                ? remote(name, endpoint.baseUrl().isEmpty() ? atProvider(endpoint, upstreams) : endpoint)
                : local(name, endpoint);
    }

    /// A key without an address is for the provider whose dialect is spoken.
    private static Endpoint atProvider(Endpoint endpoint, FleetProperties properties) {
        return endpoint.dialect() == Spoken.ANTHROPIC
                ? endpoint.at(Spoken.ANTHROPIC, properties.anthropic())
                : endpoint.at(Spoken.OPENAI, properties.openai());
    }

    private Model remote(String name, Endpoint endpoint) {
        var provider = providers.of(name, endpoint);
        var known = catalogue.find(providers.maker(provider), endpoint.model());
        var deployment = new Deployment(
                name,
                endpoint.model(),
                provider,
                1,
                Providers.caching(provider, new CachingEntry(endpoint.promptCacheKey(), endpoint.cacheMarks())),
                habits(provider, endpoint.model()),
                Map.of(),
                false,
                Health.UNKNOWN);
        return new Model(
                name,
                List.of(deployment),
                abilities(name, endpoint, known),
                endpoint.price().stated().<Pricing>map(price -> price).orElseGet(() -> price(known)),
                List.of());
    }

    /// What small cannot read goes to large, so of small it is said what it reads; large is believed to
    /// read all that nobody denies.
    private static Abilities abilities(String name, Endpoint endpoint, Optional<KnownModel> known) {
        if (!endpoint.reads().isEmpty()) {
            return Abilities.reading(known.map(KnownModel::contextTokens).orElse(Integer.MAX_VALUE), endpoint.reads());
        }
        return known.map(ModelAssembly::abilities)
                .orElseGet(() -> name.equals(Models.SMALL)
                        ? Abilities.reading(Integer.MAX_VALUE, Set.of())
                        : Abilities.unknown());
    }

    private Model local(String name, Endpoint endpoint) {
        var local = local(name, endpoint.local());
        return new Model(
                name,
                List.of(local.deployment()),
                Abilities.reading(local.model().contextTokens(), endpoint.reads()),
                endpoint.price().stated().<Pricing>map(price -> price).orElse(Price.FREE),
                List.of());
    }

    /// A local model that was started, and the deployment that it is.
    private record Started(LocalModel model, Deployment deployment) {}

    private Started local(String name, String local) {
        try {
            var model = localModels.start(local);
            var engine = providers.engine(name, model.baseUrl(), model.apiKey());
            return new Started(
                    model,
                    new Deployment(
                            name,
                            model.modelName(),
                            engine,
                            1,
                            PromptCaching.NONE,
                            SpokenHabits.of(habits, OWN_ENGINE, model.modelName()),
                            model.requestDefaults(),
                            true,
                            healthOf(model)));
        } catch (LocalModelException e) {
            throw new StartRefused(
                    "There is no model for the upstream %s: %s".formatted(name, e.getMessage()),
                    "Follow what the message says, or name a server: %s_BASE_URL and %1$s_MODEL."
                            .formatted(name.toUpperCase(Locale.ROOT)));
        }
    }

    private SpokenHabits habits(Provider provider, String id) {
        return SpokenHabits.of(habits, providers.maker(provider), id);
    }

    private static Pricing price(Optional<KnownModel> known) {
        return known.flatMap(KnownModel::price).<Pricing>map(price -> price).orElse(Pricing.unknown());
    }

    private static Abilities abilities(KnownModel known) {
        return new Abilities(known.contextTokens(), known.abilities());
    }

    /// The lists that the configuration names, else those in the jar.
    private static Catalogue catalogue(FleetEntry lists) {
        try {
            return lists.catalogue().isEmpty() ? Catalogue.packaged() : Catalogue.of(Path.of(lists.catalogue()));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefused(
                    "pointsman.fleet.catalogue: " + e.getMessage(), "Name a CSV with the columns of the packaged one.");
        }
    }

    private static HabitTable habits(FleetEntry lists) {
        try {
            return lists.habits().isEmpty() ? HabitTable.packaged() : HabitTable.of(Path.of(lists.habits()));
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefused(
                    "pointsman.fleet.habits: " + e.getMessage(), "Name a CSV with the columns of the packaged one.");
        }
    }

    private static Abilities abilities(
            Abilities usual, @Nullable Integer contextTokens, @Nullable Set<Capability> can) {
        return new Abilities(
                contextTokens == null ? usual.contextTokens() : contextTokens,
                can == null ? usual.can() : Collections.unmodifiableSet(can));
    }

    private static Health healthOf(LocalModel model) {
        return new Health() {
            @Override
            public boolean isUp() {
                return model.up();
            }

            @Override
            public boolean isSettled() {
                return model.isSettled();
            }

            @Override
            public boolean takesTools() {
                return model.takesTools();
            }
        };
    }
}
