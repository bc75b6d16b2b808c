package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the artifact once for all evidence, with every digest that one of them will ask for. For one thread.
public final class ArtifactOnce {
    private final Set<HashAlgorithm> digests = EnumSet.of(HashAlgorithm.SHA_256);
    private boolean message;

    /// Notes what verifying a piece of evidence with a key takes.
    public void add(@Nullable SigstoreBundle bundle, PublicKey key) {
        if (bundle != null && bundle.content() instanceof Content.Dsse dsse) {
            addStatement(dsse.envelope().payload());
            return;
        }
        Optional<HashAlgorithm> recorded = bundle != null && bundle.content() instanceof Content.MessageSignature signature
                ? signature.digest().map(Digest::algorithm)
                : Optional.empty();
        recorded.ifPresent(digests::add);
        List<SignatureAlgorithm> possible = SignatureAlgorithm.forKey(key);
        for (SignatureAlgorithm algorithm : recorded.isEmpty() ? possible.subList(0, 1) : possible) {
            if (algorithm.prehash().isEmpty()) {
                message = true;
                digests.add(algorithm.messageDigestAlgorithm());
            } else if (recorded.isEmpty()) {
                digests.add(algorithm.messageDigestAlgorithm());
            }
        }
    }

    /// The payload isn't known to be anybody's yet: it says only what to compute.
    public void addStatement(DssePayload payload) {
        try {
            StatementCodec.read(payload.content()).subjects().forEach(subject ->
                    subject.digests().keySet().forEach(name -> HashAlgorithm.ofInTotoName(name).ifPresent(digests::add)));
        } catch (FormatException _) {
            // No statement: the engine says so.
        }
    }

    /// The artifact as it was read; as it was when it can't be, so that the engine says so. Blocks.
    public Target read(Target target) {
        if (!(target instanceof Target.Content content)) {
            return target;
        }
        try (InputStream in = content.source().open()) {
            return new Target.Read(message ? ArtifactContent.keep(in, digests) : ArtifactContent.digest(in, digests));
        } catch (IOException _) {
            return target;
        }
    }
}
