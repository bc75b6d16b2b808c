package dev.chancery.application.signing;

import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.signing.SigningRequest;
import java.util.List;

/// What is about to be signed, and how its bundle will look. Made by [SignArtifact] and [AttestArtifacts].
public sealed interface SigningTask {
    /// What the key is asked.
    SigningRequest request();

    /// What the audit record says was signed.
    List<NamedDigest> subjects();

    /// The bundle around a signature.
    ///
    /// @param key which key it is by, as [KeySession#keyMaterial()] says
    default SigstoreBundle bundle(KeyMaterial key, Bytes signature) {
        return new SigstoreBundle(SigstoreBundle.Version.V0_3, key, List.of(), List.of(), content(signature));
    }

    /// The bundle's content around a signature.
    Content content(Bytes signature);

    /// An artifact's content.
    ///
    /// @param digest by the algorithm's hash, as the bundle records it
    record OfArtifact(SigningRequest.OfArtifact request, NamedDigest subject, Digest digest) implements SigningTask {
        @Override
        public List<NamedDigest> subjects() {
            return List.of(subject);
        }

        @Override
        public Content content(Bytes signature) {
            return new Content.MessageSignature(digest, signature);
        }
    }

    /// A statement.
    record OfStatement(SigningRequest.OfStatement request, List<NamedDigest> subjects) implements SigningTask {
        public OfStatement {
            subjects = List.copyOf(subjects);
        }

        @Override
        public Content content(Bytes signature) {
            return new Content.Dsse(new DsseEnvelope(request.payload(), List.of(new DsseEnvelope.DsseSignature("", signature))));
        }
    }
}
