package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content.MessageSignature;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial.PublicKeyHint;
import dev.chancery.formats.FormatException;
import java.util.List;

/// Brings every kind of evidence into one of two forms: a bundle or several of them.
final class ParseStep {
    private ParseStep() {}

    /// What is not JSON any more.
    static Evidence read(Evidence evidence) throws Stop {
        if (!(evidence instanceof Evidence.BundleBytes bytes)) {
            return evidence;
        }
        try {
            return EvidenceReader.read(bytes);
        } catch (FormatException e) {
            throw Stop.malformed(e.problem());
        }
    }

    static SigstoreBundle bundle(Evidence.Bundle evidence, Findings findings) {
        findings.passed(Step.PARSE, "a Sigstore bundle, " + evidence.bundle().version().mediaType());
        return evidence.bundle();
    }

    static SigstoreBundle bundle(Evidence.DetachedSignature detached, Findings findings) {
        findings.passed(Step.PARSE, "a detached signature of " + detached.signature().size() + " bytes");
        return new SigstoreBundle(SigstoreBundle.Version.V0_3, new PublicKeyHint(""), List.of(), List.of(),
                new MessageSignature(null, detached.signature()));
    }
}
