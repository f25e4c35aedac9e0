package pointsman.fleet.local;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// What operators see of a local model: `pointsman.local.*`, tagged with its name.
final class EngineMeters {
    private EngineMeters() {}

    static void register(MeterRegistry registry, String model, Supervisor supervisor) {
        Gauge.builder("pointsman.local.up", supervisor, engine -> engine.up() ? 1 : 0)
                .description("1 while the local model's engine is ready and answers its probes")
                .tag("model", model)
                .register(registry);
        FunctionCounter.builder("pointsman.local.restarts", supervisor, Supervisor::restarts)
                .description("how often the engine was started again after it had ended or was hung")
                .tag("model", model)
                .register(registry);
        Gauge.builder(
                        "pointsman.local.prompt.tokens.per.second",
                        supervisor,
                        engine -> engine.speed().promptTokensPerSecond())
                .description("reading speed when the engine last read a prompt")
                .tag("model", model)
                .register(registry);
        Gauge.builder(
                        "pointsman.local.generated.tokens.per.second",
                        supervisor,
                        engine -> engine.speed().generatedTokensPerSecond())
                .description("writing speed when the engine last wrote an answer")
                .tag("model", model)
                .register(registry);
        Gauge.builder(
                        "pointsman.local.queue",
                        supervisor,
                        engine -> engine.speed().queue())
                .description("requests that wait for a slot of the engine")
                .tag("model", model)
                .register(registry);
    }
}
