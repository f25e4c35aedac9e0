package pointsman.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import pointsman.failure.Failure;

/// Keeps web pages out of a port that asks for no key: the management port, and without tenants the
/// gateway. Any page that its user's browser shows may send
/// requests to `localhost`: the browser only keeps it from reading answers, and under a name that the
/// page's owner points to 127.0.0.1 not even that. What gives a page away, and what it cannot change, are
/// the `Host` that it calls the gateway by, its `Origin`, and what the browser says of the two in
/// `Sec-Fetch-Site`. Programs send no such thing.
///
/// A page of another port of this machine is another page, for a port is anybody's.
final class PageGuard {
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9._:/\\[\\]-]{1,120}");

    private final List<String> hosts;
    private final List<String> origins;

    /// @param hosts names and addresses besides loopback's, with or without a port; `*.name` is all names
    ///     below one
    /// @param origins of pages that may come in; one that ends with `*` is all that begin alike
    PageGuard(List<String> hosts, List<String> origins) {
        this.hosts = hosts.stream().map(PageGuard::lower).toList();
        this.origins = origins.stream().map(PageGuard::lower).toList();
    }

    /// Why a request may not come in, if it may not.
    ///
    /// @param isProbe asks for nothing but the gateway's health, which container managers do by any name
    Optional<Failure> refusal(HttpHeaders headers, boolean isProbe) {
        var host = headers.getOrEmpty(HttpHeaders.HOST);
        if (!isProbe && !(host.size() == 1 && isOurs(host.getFirst()))) {
            return Optional.of(foreignHost(String.join(",", host)));
        }
        var pages = headers.getOrEmpty(HttpHeaders.ORIGIN);
        if (!pages.isEmpty() && pages.stream().allMatch(this::isListed)) {
            return Optional.empty();
        }
        var isOwn = host.size() == 1 && pages.stream().allMatch(page -> isOf(page, host.getFirst()));
        var isOwnSite = headers.getOrEmpty(FETCH_SITE).stream().allMatch(site -> OWN_SITE.contains(lower(site)));
        return isOwnSite && (isOwn || pages.isEmpty())
                ? Optional.empty()
                : Optional.of(foreignPage(String.join(",", pages)));
    }

    private boolean isOurs(String header) {
        return HostName.of(header)
                .filter(host -> host.isLoopback() || hosts.stream().anyMatch(ours -> isHost(ours, host, header)))
                .isPresent();
    }

    private static boolean isHost(String ours, HostName host, String header) {
        return ours.startsWith("*.")
                ? host.text().endsWith(ours.substring(1))
                : ours.equals(host.text()) || ours.equals("[" + host.text() + "]") || ours.equals(lower(header));
    }

    private boolean isListed(String origin) {
        return origins.stream()
                .anyMatch(ours -> ours.endsWith("*")
                        ? lower(origin).startsWith(ours.substring(0, ours.length() - 1))
                        : ours.equals(lower(origin)));
    }

    /// Whether a page is the gateway's own, by the name that it is called by.
    private static boolean isOf(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    private static Failure foreignHost(String host) {
        return new Failure.Refused(
                403,
                "forbidden_host",
                "A port that asks for no key answers to localhost and loopback addresses only, and not to the Host %s. If that name is yours, add it to pointsman.access.hosts: [\"%s\"]"
                        .formatted(shown(host, "of this request"), shown(host, "NAME")));
    }

    private static Failure foreignPage(String origin) {
        return new Failure.Refused(
                403,
                "forbidden_origin",
                "Any web page could use a port that asks for no key, so it answers none, and not the origin %s. If that page or editor is yours, add it to pointsman.access.origins: [\"%s\"]"
                        .formatted(shown(origin, "of this request"), shown(origin, "ORIGIN")));
    }

    /// A header that is broken may hold another one, and is not repeated.
    private static String shown(String header, String otherwise) {
        return PRINTABLE.matcher(header).matches() ? header : otherwise;
    }

    private static String lower(String text) {
        var lower = text.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith("/") && !lower.endsWith("://") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
