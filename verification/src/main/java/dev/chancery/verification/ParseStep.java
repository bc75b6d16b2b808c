package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content.MessageSignature;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial.PublicKeyHint;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.sigstore.BundleCodec;
import java.util.List;

/// Brings every kind of evidence into the one form that the other steps know.
final class ParseStep {
    private ParseStep() {}

    static SigstoreBundle read(Evidence evidence, Findings findings) throws Stop {
        return switch (evidence) {
            case Evidence.BundleBytes bytes -> bundle(bytes, findings);
            case Evidence.Bundle(SigstoreBundle bundle) -> {
                findings.passed(Step.PARSE, "a Sigstore bundle, " + bundle.version().mediaType());
                yield bundle;
            }
            case Evidence.DetachedSignature detached -> {
                findings.passed(Step.PARSE, "a detached signature of " + detached.signature().size() + " bytes");
                yield new SigstoreBundle(SigstoreBundle.Version.V0_3, new PublicKeyHint(""), List.of(), List.of(),
                        new MessageSignature(null, detached.signature()));
            }
        };
    }

    private static SigstoreBundle bundle(Evidence.BundleBytes bytes, Findings findings) throws Stop {
        try {
            SigstoreBundle bundle = BundleCodec.read(bytes.json());
            findings.passed(Step.PARSE, "a Sigstore bundle, " + bundle.version().mediaType());
            return bundle;
        } catch (FormatException e) {
            throw Stop.malformed(e.problem());
        }
    }
}
