package pointsman.cache;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import pointsman.dialect.ModelRequest;

/// Keeps the prompt caches of tenants apart who share one key of ours. A prefix that somebody else has sent answers
/// faster, so without this one tenant could find out by timing what another one sends (CVE-2025-46570).
///
/// The upstream's own key is the secret: the same in every gateway that uses it, so that caches survive a
/// restart, and unknown to tenants, so that none can guess another's. A client's own `prompt_cache_key` is
/// folded in: it parts a tenant's requests further, and never joins it to another tenant.
public final class TenantCacheKey {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 16;

    private final SecretKeySpec secret;
    /// Of requests without a key of their own: one for each tenant that is configured.
    private final Map<String, String> ofTenants = new ConcurrentHashMap<>();

    /// @param upstreamKey the secret that the upstream wants to see
    public TenantCacheKey(String upstreamKey) {
        this.secret = new SecretKeySpec(("pointsman:" + upstreamKey).getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /// The `prompt_cache_key` of a tenant's request: 32 hex digits.
    public String of(String tenant, ModelRequest request) {
        return request.promptCacheKey()
                .map(own -> hash(tenant, own))
                .orElseGet(() -> ofTenants.computeIfAbsent(tenant, each -> hash(each, "")));
    }

    private String hash(String tenant, String own) {
        var words = tenant + '\n' + own;
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(words.getBytes(StandardCharsets.UTF_8)), 0, BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
