package dev.chancery.application.signing;

import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bundle.SigstoreBundle;
import java.util.List;

/// A bundle ready to be handed out.
///
/// @param bundle Sigstore bundle v0.3
/// @param signature what the signing path released
/// @param subjects what was signed
public record SignedBundle(SigstoreBundle bundle, ReleasedSignature signature, List<NamedDigest> subjects) {
    public SignedBundle {
        subjects = List.copyOf(subjects);
    }
}
