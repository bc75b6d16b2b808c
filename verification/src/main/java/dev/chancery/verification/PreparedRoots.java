package dev.chancery.verification;

import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import java.util.ArrayList;
import java.util.List;

/// The trusted roots in use, prepared. Thread-safe: lists are replaced, not changed.
final class PreparedRoots {
    /// More than one verification ever has; a batch may name several.
    static final int MAX_KEPT = 16;

    private final PublicKeyDecoder keys;
    private volatile List<PreparedRoot> kept = List.of();

    PreparedRoots(PublicKeyDecoder keys) {
        this.keys = keys;
    }

    @SuppressWarnings("ReferenceEquality") // comparing contents would cost more than a verification
    PreparedRoot prepare(TrustedRoot root) {
        for (PreparedRoot known : kept) {
            if (known.root() == root) {
                return known;
            }
        }
        PreparedRoot prepared = PreparedRoot.of(root, keys);
        List<PreparedRoot> more = new ArrayList<>();
        more.add(prepared);
        more.addAll(kept.subList(0, Math.min(kept.size(), MAX_KEPT - 1)));
        kept = List.copyOf(more);
        return prepared;
    }
}
