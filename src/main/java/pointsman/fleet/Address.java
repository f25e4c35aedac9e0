package pointsman.fleet;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// Where a provider is reached, and what every request to it says of whoever sends it.
///
/// @param baseUrl up to and with `/v1`; `{model}` in it is the place of the model's name, and a query stays
///     behind the path
/// @param keyHeader the header that holds the key; empty: as the dialect has it
/// @param headers that are added to every request
public record Address(String baseUrl, String keyHeader, Map<String, String> headers) {
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final String MODEL = "{model}";

    public Address {
        headers = Map.copyOf(headers);
    }

    /// An address of the usual kind.
    public static Address of(String baseUrl) {
        return new Address(baseUrl, "", Map.of());
    }

    /// Where a request goes.
    ///
    /// @param path below the base URL, as the dialect has it
    /// @param model by its name there
    String uri(String path, String model) {
        var question = baseUrl.indexOf('?');
        var base = question < 0 ? baseUrl : baseUrl.substring(0, question);
        var query = question < 0 ? "" : baseUrl.substring(question);
        return withoutSlash(base).replace(MODEL, URLEncoder.encode(model, StandardCharsets.UTF_8)) + path + query;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// The host's name.
    public String host() {
        return String.valueOf(URI.create(baseUrl.replace(MODEL, "model")).getHost());
    }

    /// Whether what is sent there stays on this machine.
    public boolean isLoopback() {
        var host = host().replaceAll("[\\[\\]]", "");
        try {
            return host.equalsIgnoreCase("localhost")
                    || (NUMERIC.matcher(host).matches()
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
