package dev.chancery.domain.trust;

import java.util.List;

/// Services of one kind, and how many of them a signer uses (protobuf-specs v0.5, sigstore_trustroot.proto, ServiceConfiguration).
///
/// @param services in the order of the file
public record ServiceGroup(List<Service> services, Selection selection) {
    /// No services.
    public static final ServiceGroup NONE = new ServiceGroup(List.of(), new Selection.None());

    /// @throws IllegalArgumentException when there are services and no selection among them, or an exact number of more than there are
    public ServiceGroup {
        services = List.copyOf(services);
        if (selection instanceof Selection.None && !services.isEmpty()) {
            throw new IllegalArgumentException("a selection is needed where there are services");
        }
        if (selection instanceof Selection.Exactly(int count) && count > services.size()) {
            throw new IllegalArgumentException("no more services can be used than there are");
        }
    }

    /// How many services are used, of those that [Service#usable] leaves.
    public sealed interface Selection {
        /// Every one.
        record All() implements Selection {}

        /// One, whichever.
        record Any() implements Selection {}

        /// So many, and an error when there are fewer.
        record Exactly(int count) implements Selection {
            /// @throws IllegalArgumentException when it isn't positive
            public Exactly {
                if (count < 1) {
                    throw new IllegalArgumentException("an exact number of services is at least one");
                }
            }
        }

        /// Nothing is said; there are no services either.
        record None() implements Selection {}
    }
}
