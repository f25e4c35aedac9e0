package pointsman.http;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import pointsman.failure.Failure;

/// The door of the management port: its endpoints are there for whoever reads them, and nothing else is. It
/// asks for no key, and so where only this machine reaches it web pages stay outside, as they do of a
/// gateway without tenants: a page whose name was pointed to 127.0.0.1 would read the names of tenants.
final class ManagementDoor {
    private static final Set<HttpMethod> IDLE_METHODS = Set.of(HttpMethod.OPTIONS, HttpMethod.TRACE);

    private final ObjectProvider<PathMappedEndpoints> endpoints;
    private final Optional<PageGuard> pages;

    /// @param endpoints what is there, known once the server is up
    /// @param pages which web pages may come in, where that is asked
    ManagementDoor(ObjectProvider<PathMappedEndpoints> endpoints, Optional<PageGuard> pages) {
        this.endpoints = endpoints;
        this.pages = pages;
    }

    /// Why a request may not come in, if it may not.
    Optional<Failure> refusal(ServerHttpRequest request) {
        var foreign = pages.flatMap(guard -> guard.refusal(request.getHeaders(), false));
        if (foreign.isPresent()) {
            return foreign;
        }
        // `management.server.base-path` is the server's context path, and no part of this one.
        var path = request.getPath().pathWithinApplication().value();
        return !IDLE_METHODS.contains(request.getMethod()) && endpoints.stream().anyMatch(all -> isOf(all, path))
                ? Optional.empty()
                : Optional.of(nothingAt(request));
    }

    /// What the door says of a path at which there is nothing for this request.
    Failure nothingAt(ServerHttpRequest request) {
        return new Failure.NoSuchRoute(
                404,
                "not_found",
                "There is nothing at %s.".formatted(request.getPath().value()));
    }

    /// Each endpoint is asked for by its own path, for the path that they share may be the root.
    private static boolean isOf(PathMappedEndpoints endpoints, String path) {
        var list = endpoints.getBasePath();
        return path.equals(list)
                || path.equals(list + "/")
                || paths(endpoints).anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
    }

    private static Stream<String> paths(PathMappedEndpoints endpoints) {
        var additional = endpoints.stream()
                .flatMap(endpoint -> endpoint.getAdditionalPaths(WebServerNamespace.MANAGEMENT).stream())
                .map(path -> path.startsWith("/") ? path : "/" + path);
        return Stream.concat(endpoints.getAllPaths().stream(), additional).filter(path -> !path.isEmpty());
    }
}
