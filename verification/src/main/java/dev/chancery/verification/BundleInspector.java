package dev.chancery.verification;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.certificate.TimestampToken;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.webauthn.AuthenticatorData;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.certificate.TimestampReader;
import java.util.ArrayList;
import java.util.List;

/// Says what stands in a bundle. Nothing is verified: every value is the bundle's own claim. Thread-safe; opens no socket.
public final class BundleInspector {
    private final CertificateReader certificates;
    private final TimestampReader timestamps;

    /// An inspector that has others read certificates and timestamps.
    public BundleInspector(CertificateReader certificates, TimestampReader timestamps) {
        this.certificates = certificates;
        this.timestamps = timestamps;
    }

    /// A part of a bundle.
    ///
    /// @param name such as `certificate`, with a number where there are several
    /// @param claims what it says, in order
    public record Section(String name, List<Claim> claims) {
        public Section {
            claims = List.copyOf(claims);
        }
    }

    /// Something that a bundle says.
    ///
    /// @param value text from outside, not made safe yet
    public record Claim(String name, String value) {}

    /// The parts of a bundle, in the order of its format. A part that can't be read says so and doesn't hide the others.
    ///
    /// @throws FormatException when it is neither a Sigstore bundle nor a quorum
    public List<Section> inspect(Bytes json) throws FormatException {
        return QuorumCodec.isOne(json) ? quorum(json) : bundle(BundleCodec.read(json));
    }

    private List<Section> quorum(Bytes json) throws FormatException {
        QuorumBundle quorum = QuorumCodec.read(json);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("quorum", List.of(new Claim("media type", QuorumBundle.MEDIA_TYPE),
                new Claim("digest", HashAlgorithm.SHA_256.digest(QuorumCodec.write(quorum)).toString()),
                new Claim("payload", HashAlgorithm.SHA_256.digest(quorum.payload().content()).toString()),
                new Claim("members", Integer.toString(quorum.members().size())))));
        sections.add(attestation(new DsseEnvelope(quorum.payload(), List.of())));
        int number = 1;
        for (Member member : quorum.members()) {
            String name = "member " + number++ + ": ";
            sections.add(new Section(name + "digest", List.of(new Claim("sha256", QuorumCodec.digest(member).hex()))));
            switch (member) {
                case Member.Sigstore(SigstoreBundle bundle) -> bundle(bundle).stream().filter(section -> !section.name().equals("attestation"))
                        .forEach(section -> sections.add(new Section(name + section.name(), section.claims())));
                case Member.WebAuthn(DssePayload _, WebAuthnAssertion assertion) -> sections.add(new Section(name + "security key", assertion(assertion)));
            }
        }
        return List.copyOf(sections);
    }

    private static List<Claim> assertion(WebAuthnAssertion assertion) {
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim("media type", WebAuthnAssertion.MEDIA_TYPE));
        claims.add(new Claim("key hint", assertion.keyHint()));
        claims.add(new Claim("client data", assertion.clientDataJson().utf8().orElse("not UTF-8")));
        AuthenticatorData.read(assertion.authenticatorData()).ifPresentOrElse(data -> {
            claims.add(new Claim("relying party", "sha256 " + data.rpIdHash().toHex()));
            claims.add(new Claim("user present, verified", data.userPresent() + ", " + data.userVerified()));
            claims.add(new Claim("can be synced, is synced", data.backupEligible() + ", " + data.backedUp()));
        }, () -> claims.add(new Claim("authenticator data", "unsound")));
        return claims;
    }

    private List<Section> bundle(SigstoreBundle bundle) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("bundle", List.of(new Claim("media type", bundle.version().mediaType()))));
        sections.add(switch (bundle.content()) {
            case Content.MessageSignature message -> message(message);
            case Content.Dsse dsse -> attestation(dsse.envelope());
        });
        sections.add(switch (bundle.keyMaterial()) {
            case KeyMaterial.PublicKeyHint(String hint) -> new Section("public key", List.of(new Claim("hint", hint)));
            case KeyMaterial.Certificates chain -> certificate(chain);
        });
        for (int i = 0; i < bundle.logEntries().size(); i++) {
            sections.add(logEntry("log entry" + numbered(i, bundle.logEntries().size()), bundle.logEntries().get(i)));
        }
        for (int i = 0; i < bundle.timestamps().size(); i++) {
            sections.add(timestamp("timestamp" + numbered(i, bundle.timestamps().size()), bundle.timestamps().get(i)));
        }
        return List.copyOf(sections);
    }

    private static String numbered(int index, int count) {
        return count == 1 ? "" : " " + (index + 1);
    }

    private static Section message(Content.MessageSignature message) {
        List<Claim> claims = new ArrayList<>();
        message.digest().ifPresent(digest -> claims.add(new Claim("artifact", digest.toString())));
        claims.add(new Claim("signature", message.signature().toBase64()));
        return new Section("message signature", claims);
    }

    private static Section attestation(DsseEnvelope envelope) {
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim("payload type", envelope.payload().payloadType()));
        try {
            Statement statement = StatementCodec.read(envelope.payload().content());
            claims.add(new Claim("predicate type", statement.predicateType()));
            statement.subjects().forEach(subject -> claims.add(new Claim("subject", subject.name() + " " + subject.digests())));
        } catch (FormatException e) {
            claims.add(new Claim("statement", "cannot be read: " + e.problem().why()));
        }
        envelope.signatures().forEach(signature -> claims.add(new Claim("signature", signature.signature().toBase64())));
        return new Section("attestation", claims);
    }

    private Section certificate(KeyMaterial.Certificates chain) {
        List<Claim> claims = new ArrayList<>();
        try {
            SigningCertificate certificate = certificates.read(chain.leaf());
            certificate.names().forEach(name -> claims.add(new Claim("for", name.toString())));
            certificate.identityIssuer().ifPresent(issuer -> claims.add(new Claim("vouched for by", issuer)));
            claims.add(new Claim("issued by", certificate.issuerName()));
            claims.add(new Claim("serial number", certificate.serialNumber()));
            claims.add(new Claim("not before", certificate.notBefore().toString()));
            claims.add(new Claim("not after", certificate.notAfter().toString()));
            claims.add(new Claim("key", certificate.publicKey().id().hex() + " (" + certificate.publicKey().description() + ")"));
            certificate.claims().forEach((claim, value) -> claims.add(new Claim(claim.label(), value)));
        } catch (CertificateException e) {
            claims.add(new Claim("certificate", "cannot be read: " + e.why()));
        }
        if (chain.chain().size() > 1) {
            claims.add(new Claim("further certificates", Integer.toString(chain.chain().size() - 1)));
        }
        return new Section("certificate", claims);
    }

    private static Section logEntry(String name, TransparencyLogEntry entry) {
        List<Claim> claims = new ArrayList<>();
        claims.add(new Claim("kind", entry.kindVersion().toString()));
        claims.add(new Claim("index", Long.toString(entry.logIndex())));
        claims.add(new Claim("log id", entry.logId().toHex()));
        entry.integratedTime().ifPresent(time -> claims.add(new Claim("integrated time", time.toString())));
        claims.add(new Claim("promise", entry.signedEntryTimestamp().isPresent() ? "yes" : "no"));
        claims.add(new Claim("inclusion proof", entry.inclusionProof().map(BundleInspector::proof).orElse("no")));
        entry.inclusionProof().flatMap(InclusionProof::checkpoint).ifPresent(checkpoint ->
                claims.add(new Claim("checkpoint of", checkpoint.lines().findFirst().orElse(""))));
        return new Section(name, claims);
    }

    private static String proof(InclusionProof proof) {
        return "leaf " + proof.logIndex() + " of " + proof.treeSize() + ", " + proof.hashes().size() + " hashes";
    }

    private Section timestamp(String name, Bytes der) {
        try {
            TimestampToken token = timestamps.read(der);
            return new Section(name, List.of(
                    new Claim("time", token.time().toString()),
                    new Claim("accuracy", token.accuracy().toString()),
                    new Claim("over", token.imprint().toString()),
                    new Claim("policy", token.policy()),
                    new Claim("serial number", token.serialNumber())));
        } catch (CertificateException e) {
            return new Section(name, List.of(new Claim("timestamp", "cannot be read: " + e.why())));
        }
    }
}
