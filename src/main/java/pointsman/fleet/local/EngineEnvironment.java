package pointsman.fleet.local;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of the gateway's environment an engine may see: where programs and libraries lie, the language, and how to
/// compute. The keys of upstreams are in the environment too, and are nobody's business there.
final class EngineEnvironment {
    private static final Set<String> NAMES =
            Set.of("PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV");
    private static final List<String> PREFIXES = List.of(
            "LC_", "PYENV", "PYTHON", "DYLD_", "CUDA", "HIP_", "ROCM", "GGML_", "LLAMA_", "OMP_", "KMP_", "GOMP_");

    private EngineEnvironment() {}

    /// Removes everything else.
    static void strip(Map<String, String> environment) {
        environment.keySet().removeIf(name -> !NAMES.contains(name) && !startsAllowed(name));
    }

    private static boolean startsAllowed(String name) {
        return PREFIXES.stream().anyMatch(name::startsWith);
    }
}
