package pointsman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pointsman.access.KeyHash;
import pointsman.cache.ProviderCache;

/// The gateways that classes of tests share. Each starts once, when the first class asks for it, and
/// lives until all tests have run; a start that fails fails every class that asks, with its reason.
///
/// A start costs more than most facts do, so a class takes one of these whose properties do not disturb
/// its facts, or adds a property that disturbs nobody else's. Before each class the providers are as
/// new: nothing is recorded, nothing told. What the gateway itself remembers stays: meters, jobs,
/// breakers, budgets, conversations. A fact that counts those counts from where it began, or has a
/// tenant of its own.
public enum SharedGateway {
    /// One attempt, a small model that hears but does not see, and the aliases `gpt-4o` (auto), `cheap`
    /// (small) and `best` (`huge-1`).
    PLAIN("""
            pointsman.upstreams.attempts=1
            pointsman.upstreams.breaker.window=10000
            pointsman.upstreams.small.reads=audio
            pointsman.tier.aliases.gpt-4o=auto
            pointsman.tier.aliases.cheap=small
            pointsman.tier.aliases.best=huge-1"""),

    /// Upstreams of two dialects: `small` speaks OpenAI's, `large` Anthropic's, and there are
    /// embeddings. At the address of `large` the provider `azure` speaks both of OpenAI's. One attempt, and a
    /// breaker that never opens.
    MIXED(ofTwoDialects(), """
            pointsman.providers.azure.base-url=${pointsman.upstreams.large.base-url}
            pointsman.providers.azure.api-keys=sk-of-azure
            pointsman.providers.azure.dialects=openai,openai-responses
            pointsman.providers.azure.caching.prompt-cache-key=false"""),

    /// The same, which waits for no upstream longer than two seconds.
    HURRIED(ofTwoDialects(), """
            pointsman.upstreams.connect-timeout=1s
            pointsman.upstreams.first-byte-timeout=2s
            pointsman.upstreams.answer-timeout=2s
            pointsman.upstreams.gap-timeout=2s
            pointsman.chat.total-timeout=8s"""),

    /// For facts about jobs and streams. One attempt, short limits, everything is easy, and what
    /// providers keep is known of `large` alone.
    JOBS("""
            pointsman.tier.threshold=0
            pointsman.upstreams.attempts=1
            pointsman.upstreams.gap-timeout=1s
            pointsman.upstreams.breaker.window=10000
            pointsman.upstreams.large.price.cached-input=0.1
            pointsman.batch.providers.large=vLLM
            pointsman.batch.limits.rows=1000
            pointsman.batch.limits.prompts=100KB
            pointsman.batch.limits.unread=500ms
            pointsman.batch.pace.first-pause=10ms"""),

    /// Whoever calls has a key, that of [#key]. `small` speaks OpenAI's dialect and is told keys of
    /// prompt caches, `large` speaks Anthropic's, and its cache costs a twentieth. One attempt, and a
    /// breaker that never opens.
    KEYED(
            tenant(0, "free", "threshold=0", "key-hashes[1]=" + hash("free-old")),
            tenant(1, "frugal", "tier=small", "models[0]=auto", "models[1]=small"),
            tenant(2, "lavish", "tier=large"),
            tenant(3, "acme"),
            tenant(4, "bell"),
            tenant(5, "clients"),
            tenant(6, "unlucky"),
            """
            pointsman.upstreams.attempts=1
            pointsman.upstreams.breaker.window=10000
            pointsman.upstreams.small.prompt-cache-key=true
            pointsman.upstreams.large.dialect=anthropic
            pointsman.upstreams.large.price.cached-input=0.5
            pointsman.upstreams.large.price.output=2
            pointsman.upstreams.embeddings.base-url=${fake.embeddings}
            pointsman.upstreams.embeddings.model=vectors-1"""),

    /// Limits that little is enough to reach. A failure is tried again at once and as often as one
    /// likes, the breaker never opens, and everything is easy. `large` is at the address of OpenAI
    /// itself, and the management's endpoints are at its root.
    NARROW("""
            pointsman.tier.threshold=0
            pointsman.tier.aliases[gpt-4.1]=small
            pointsman.access.connections.head-timeout=3s
            pointsman.access.connections.drain=500ms
            pointsman.access.connections.max-waiting=20
            pointsman.access.connections.max-headers=30
            pointsman.chat.max-body=64KB
            pointsman.chat.max-depth=16
            pointsman.chat.max-messages=5
            pointsman.chat.max-tools=3
            pointsman.chat.body-timeout=1s
            pointsman.upstreams.openai.base-url=${pointsman.upstreams.large.base-url}
            pointsman.upstreams.max-concurrent=4
            pointsman.upstreams.retry-backoff=1ms
            pointsman.upstreams.retry-budget.per-second=1000
            pointsman.upstreams.breaker.window=1000
            pointsman.upstreams.breaker.failure-rate=100
            management.endpoints.web.base-path=/"""),

    /// Little memory for bodies, the default budget of further attempts, and a breaker that never opens.
    /// `small` speaks Anthropic's dialect, everything is easy, and the management's server and one of its
    /// endpoints have paths of their own.
    TIGHT("""
            pointsman.tier.threshold=0
            pointsman.access.bodies.memory-percent=1
            pointsman.access.bodies.max-nodes=1000
            pointsman.chat.body-timeout=2s
            pointsman.upstreams.small.dialect=anthropic
            pointsman.upstreams.retry-backoff=1ms
            pointsman.upstreams.breaker.window=1000
            pointsman.upstreams.breaker.failure-rate=100
            management.server.base-path=/ops
            management.endpoints.web.base-path=/
            management.endpoints.web.path-mapping.prometheus=metrics/all"""),

    /// Breakers open soon and not for long; everything is easy, and the management's server has a path
    /// of its own. `small` is at a provider that keeps no prompts and `large` at DeepSeek's, at the prices
    /// of those below.
    BREAKING(priced("none", "DeepSeek"), """
            pointsman.tier.threshold=0
            pointsman.upstreams.retry-backoff=1ms
            pointsman.upstreams.breaker.window=10
            pointsman.upstreams.breaker.open-for=1s
            management.server.base-path=/ops/"""),

    /// Whoever calls has a key, and a breaker that opens stays open. `small` refuses every connection,
    /// everything is easy, and no body is longer than 1 kB.
    APART(tenant(0, "odd"), tenant(1, "good"), tenant(2, "brief"), tenant(3, "stranded"), """
            pointsman.tier.threshold=0
            pointsman.chat.max-body=1KB
            pointsman.upstreams.small.base-url=${fake.nobody}
            pointsman.upstreams.retry-backoff=1ms
            pointsman.upstreams.retry-budget.per-second=1000
            pointsman.upstreams.breaker.open-for=1h"""),

    /// Providers that keep prompts by these rules, `small`'s first, and charge by them: [#INPUT_DOLLARS] for
    /// a million tokens of a prompt, [#OUTPUT_DOLLARS] for those of an answer.
    RULES_OF_VLLM_AND_OLDER_GPT(priced("vLLM", "OpenAI before GPT-5.6")),
    RULES_OF_CLAUDE_AND_GPT(priced("Anthropic, 5 minutes", "OpenAI GPT-5.6 and later")),
    RULES_OF_CLAUDE_AND_GEMINI(priced("Anthropic, 1 hour", "Gemini implicit")),

    /// `small` speaks llama.cpp's dialect, and whoever calls has the key of `clients`. Started where
    /// the clients of other languages are installed.
    LLAMA_CPP(tenant(0, "clients"), """
            pointsman.upstreams.attempts=1
            pointsman.upstreams.breaker.window=10000
            pointsman.upstreams.small.dialect=llama-cpp
            pointsman.upstreams.large.dialect=anthropic
            pointsman.upstreams.embeddings.base-url=${fake.embeddings}
            pointsman.upstreams.embeddings.model=vectors-1""");

    /// Prices of the providers with rules, in dollars for a million tokens.
    public static final double INPUT_DOLLARS = 2, OUTPUT_DOLLARS = 8;

    private static final int KEY_LENGTH = 40;
    private static final Map<SharedGateway, GatewayStart> STARTS = new ConcurrentHashMap<>();

    private final String properties;

    /// @param properties one in a line
    SharedGateway(String... properties) {
        this.properties = String.join("\n", properties);
    }

    /// The gateway, which starts now if nobody asked before.
    public Gateway get() {
        return STARTS.computeIfAbsent(
                        this, _ -> new GatewayStart(properties.lines().toArray(String[]::new)))
                .get();
    }

    /// Those that run.
    static List<Gateway> running() {
        return STARTS.values().stream()
                .flatMap(start -> start.running().stream())
                .toList();
    }

    /// Ends those that run; whoever asks from now on gets another.
    static void end() throws IOException {
        var ended = running();
        STARTS.clear();
        for (var gateway : ended) {
            gateway.end();
        }
    }

    /// The key of the tenant `id`, where tenants are.
    public static String key(String id) {
        return "pm-%s-0123456789abcdef0123456789abcdef0".formatted(id).substring(0, KEY_LENGTH);
    }

    /// The packaged rule of this name.
    public static ProviderCache rule(String name) {
        try {
            return ProviderCache.packaged().stream()
                    .filter(rule -> rule.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// @param properties of this tenant, such as `tier=small`
    private static String tenant(int number, String id, String... properties) {
        return Stream.concat(Stream.of("id=" + id, "key-hashes[0]=" + hash(id)), Arrays.stream(properties))
                .map(property -> "pointsman.access.tenants[%d].%s".formatted(number, property))
                .collect(Collectors.joining("\n"));
    }

    private static String hash(String id) {
        return KeyHash.of(key(id)).text();
    }

    private static String priced(String small, String large) {
        return priced("small", rule(small)) + "\n" + priced("large", rule(large));
    }

    private static String priced(String tier, ProviderCache rule) {
        return """
                pointsman.batch.providers.%1$s=%2$s
                pointsman.upstreams.%1$s.price.input=%3$s
                pointsman.upstreams.%1$s.price.cached-input=%4$s
                pointsman.upstreams.%1$s.price.cache-write=%5$s
                pointsman.upstreams.%1$s.price.output=%6$s""".formatted(
                        tier,
                        rule.name(),
                        INPUT_DOLLARS,
                        INPUT_DOLLARS * rule.readFactor(),
                        INPUT_DOLLARS * rule.writeFactor(),
                        OUTPUT_DOLLARS);
    }

    private static String ofTwoDialects() {
        return """
                pointsman.upstreams.large.dialect=anthropic
                pointsman.upstreams.embeddings.base-url=${fake.embeddings}
                pointsman.upstreams.embeddings.model=vectors-1
                pointsman.upstreams.embeddings.price.input=1
                pointsman.upstreams.attempts=1
                pointsman.upstreams.max-answer=4MB
                pointsman.upstreams.breaker.window=1000
                pointsman.upstreams.breaker.failure-rate=100""";
    }
}
