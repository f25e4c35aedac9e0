package pointsman.fleet;

import java.net.URI;
import java.util.Set;
import pointsman.dialect.UpstreamDialect;

/// Where a model is reached.
///
/// @param dialect what is spoken there
/// @param baseUrl up to and with `/v1`
/// @param apiKey what it wants to see
/// @param serves families of models of which it serves every one by its name, as their own provider does
public record Provider(UpstreamDialect dialect, URI baseUrl, ApiKey apiKey, Set<ModelFamily> serves) {
    public Provider {
        serves = Set.copyOf(serves);
    }
}
