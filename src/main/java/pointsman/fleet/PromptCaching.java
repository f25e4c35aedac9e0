package pointsman.fleet;

import org.jspecify.annotations.Nullable;
import pointsman.cache.TenantCacheKey;

/// What a request tells its provider's prompt cache.
///
/// @param keys makes the `prompt_cache_key` that keeps caches apart by tenant; null where none is sent
/// @param marks whether the gateway marks what a conversation will send again
public record PromptCaching(@Nullable TenantCacheKey keys, boolean marks) {
    /// Nothing is told.
    public static final PromptCaching NONE = new PromptCaching(null, false);
}
