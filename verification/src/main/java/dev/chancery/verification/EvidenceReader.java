package dev.chancery.verification;

import dev.chancery.formats.FormatException;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.formats.sigstore.BundleCodec;

/// Reads evidence that is still JSON.
public final class EvidenceReader {
    private EvidenceReader() {}

    /// The bundle or the quorum. JSON that is neither is refused as no bundle.
    ///
    /// @throws FormatException when it can't be read
    public static Evidence read(Evidence.BundleBytes bytes) throws FormatException {
        try {
            return new Evidence.Bundle(BundleCodec.read(bytes.json()));
        } catch (FormatException e) {
            if (QuorumCodec.isOne(bytes.json())) {
                return new Evidence.Quorum(QuorumCodec.read(bytes.json()));
            }
            throw e;
        }
    }
}
