package dev.chancery.application.registry;

import dev.chancery.application.quorum.QuorumException;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import java.util.ArrayList;
import java.util.List;

/// Puts a quorum's members beside an artifact, each for itself: those that are Sigstore bundles as cosign 3 does, so that it reads them, and approvals by
/// security keys as quorums of one. Verifies no signature. Thread-safe; blocks.
public final class AttachMembers {
    private final Attachments attachments;

    public AttachMembers(Attachments attachments) {
        this.attachments = attachments;
    }

    /// Stores them, in the quorum's order.
    ///
    /// @return the digests of the referrers' manifests
    /// @throws FormatException when what was signed isn't a statement
    /// @throws QuorumException when it isn't one about the artifact; nothing was stored
    /// @throws RegistryException when one isn't stored, or not listed; those before it are
    public List<Digest> attach(Repository repository, Subject subject, QuorumBundle quorum) throws FormatException, QuorumException, RegistryException {
        String type = checked(subject, quorum.payload()).predicateType();
        List<Digest> stored = new ArrayList<>();
        for (Member member : quorum.members()) {
            stored.add(switch (member) {
                case Member.Sigstore(var bundle) -> attachments.attachBundle(repository, subject.manifest(), BundleCodec.write(bundle), type);
                case Member.WebAuthn approval -> attachments.attachQuorum(repository, subject.manifest(),
                        QuorumCodec.write(new QuorumBundle(quorum.payload(), List.of(approval))), type);
            });
        }
        return stored;
    }

    private static Statement checked(Subject subject, DssePayload payload) throws FormatException, QuorumException {
        String artifact = subject.exact().toString();
        if (!payload.payloadType().equals(DssePayload.IN_TOTO)) {
            throw QuorumException.aboutAnother(artifact, "expected the payload type " + DssePayload.IN_TOTO + ", found " + payload.payloadType());
        }
        Statement statement = StatementCodec.read(payload.content());
        Digest digest = subject.digest();
        if (statement.subjects().stream().noneMatch(each -> digest.hex().equals(each.digests().get(digest.algorithm().inTotoName())))) {
            throw QuorumException.aboutAnother(artifact, "expected a statement about " + digest + ", found one about "
                    + statement.subjects().stream().map(each -> each.name() + " " + each.digests()).limit(3).toList());
        }
        return statement;
    }
}
