package dev.chancery.domain.trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A service that a signer may use (protobuf-specs v0.5, sigstore_trustroot.proto, Service).
///
/// @param url http or https, with a host; its reader has checked that
/// @param majorApiVersion from 0, which is one that is not released
/// @param validFor when it may be used; it has a start
/// @param operator who runs it, such as `sigstore.dev`; not empty
public record Service(String url, long majorApiVersion, ValidityWindow validFor, String operator) {
    private static final Comparator<Service> NEWEST_FIRST =
            Comparator.comparing((Service service) -> service.validFor().start().orElseThrow()).reversed();

    /// @throws IllegalArgumentException when there is no URL or operator, the version is negative, or the window has no start
    public Service {
        if (url.isEmpty() || majorApiVersion < 0 || validFor.start().isEmpty() || operator.isEmpty()) {
            throw new IllegalArgumentException("a service has a URL, a version, a start and an operator");
        }
    }

    /// The services that may be used now, as the specification selects them: of the highest API version among those that are supported and
    /// valid, the newest of each operator, newest first.
    ///
    /// @param supportedVersions the API versions that the client speaks
    public static List<Service> usable(List<Service> services, Set<Long> supportedVersions, Instant now) {
        List<Service> valid = services.stream()
                .filter(service -> supportedVersions.contains(service.majorApiVersion()) && service.validFor().contains(now))
                .sorted(NEWEST_FIRST)
                .toList();
        long highest = valid.stream().mapToLong(Service::majorApiVersion).max().orElse(-1);
        List<Service> usable = new ArrayList<>();
        Set<String> operators = new LinkedHashSet<>();
        for (Service service : valid) {
            if (service.majorApiVersion() == highest && operators.add(service.operator())) {
                usable.add(service);
            }
        }
        return usable;
    }
}
