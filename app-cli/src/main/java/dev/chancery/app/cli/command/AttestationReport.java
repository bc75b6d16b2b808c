package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.webauthn.AuthenticatorMetadata;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.pem.PemBlock;
import dev.chancery.formats.webauthn.MetadataCodec;
import dev.chancery.formats.webauthn.Registration;
import dev.chancery.verification.attestation.Attestation.Kind;
import dev.chancery.verification.attestation.Attestation;
import dev.chancery.verification.attestation.AttestationVerifier;
import dev.chancery.verification.attestation.MetadataReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// What a security key's attestation proves, and what metadata says of its model.
final class AttestationReport {
    private static final String METADATA = "--metadata";
    private static final String ROOT = "--metadata-root";
    private static final String FORMAT = "webauthn ";
    private static final int MAX_ROOTS = 20;
    private static final int MAX_PEM = 256 * 1024;

    private final AttestationVerifier verifier;
    private final MetadataReader metadata;

    @Inject
    AttestationReport(AttestationVerifier verifier, MetadataReader metadata) {
        this.verifier = verifier;
        this.metadata = metadata;
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value(METADATA, "FILE", "For a security key: FIDO metadata about its model, a statement or the metadata service's BLOB.").build());
        spec.addOption(Options.value(ROOT, "FILE", "PEM certificates of the authorities under which that BLOB is signed.").build());
    }

    /// Whether there is an attestation of a kind that is verified here. The options mean nothing for others.
    ///
    /// @throws UsageException when they were given all the same
    static boolean isWanted(KeyEvidence evidence, ParseResult line) throws UsageException {
        boolean wanted = registration(evidence).isPresent();
        if (!wanted && Options.has(line, METADATA)) {
            throw new UsageException(METADATA + " is about security keys, and this key is none", "leave it out");
        }
        return wanted;
    }

    private static Optional<Bytes> registration(KeyEvidence evidence) {
        return evidence.attestations().stream().filter(each -> each.format().startsWith(FORMAT)).map(KeyEvidence.Attestation::document).findFirst();
    }

    /// Verifies the registration, and says what it proves.
    ///
    /// @return the same, for `--output json`
    /// @throws ProblemException when it does not verify, or the metadata can't be used
    JsonValue show(KeyEvidence evidence, ParseResult line, Output output) throws ProblemException {
        Registration registration = read(registration(evidence).orElseThrow());
        Optional<AuthenticatorMetadata> about = about(registration, line);
        Attestation attestation = verifier.verify(registration, clientData(evidence), relyingParty(evidence),
                about.map(AuthenticatorMetadata::attestationRoots).orElse(List.of()));
        String proves = proves(attestation);
        output.line("attestation  " + attestation.format() + ": " + proves);
        var document = JsonText.object().put("format", attestation.format()).put("kind", attestation.kind().name().toLowerCase(Locale.ROOT))
                .put("aaguid", attestation.aaguid()).put("anchored", attestation.isAnchored()).put("meaning", proves);
        if (about.isPresent()) {
            String certified = about.get().certification().orElse("no certification is named");
            output.line("model        " + about.get().description() + (attestation.isAnchored() ? "" : ", by its own word"));
            output.line("certified    " + certified);
            about.get().alarms().forEach(alarm -> output.note("the metadata warns of this model: " + alarm));
            document.put("model", about.get().description());
            about.get().certification().ifPresent(level -> document.put("certification", level));
            document.put("alarms", JsonText.array(about.get().alarms().stream().<JsonValue>map(JsonValue.JsonString::new).toList()));
        }
        return document.build();
    }

    private static String proves(Attestation attestation) {
        if (attestation.kind() == Kind.BASIC) {
            return attestation.isAnchored() ? "verified, by a certificate that leads to the model's root" : "verified, by a certificate that nobody was asked about";
        }
        return switch (attestation.kind()) {
            case SELF -> "verified, by the credential itself, which proves no model";
            case NONE -> "the security key attests to nothing";
            case NOT_VERIFIED -> "kept, and not verified: this format is not known here";
            case BASIC -> throw new IllegalStateException("said above");
        };
    }

    private Optional<AuthenticatorMetadata> about(Registration registration, ParseResult line) throws ProblemException {
        Optional<String> file = Options.text(line, METADATA);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> root = Options.text(line, ROOT);
        List<Bytes> roots = root.isEmpty() ? List.of()
                : PemBlock.readAll(UserFiles.read(root.get(), MAX_PEM).utf8().orElse(""), MAX_ROOTS, root.get()).stream().map(PemBlock::content).toList();
        return Optional.of(metadata.find(UserFiles.read(file.get(), MetadataCodec.MAX_LENGTH), roots, registration.model()));
    }

    private static Registration read(Bytes attestationObject) {
        try {
            return Registration.read(attestationObject);
        } catch (CborException e) {
            throw new IllegalStateException("was read when the credential's file was", e);
        }
    }

    private static Bytes clientData(KeyEvidence evidence) {
        return evidence.attestations().stream().filter(each -> each.format().equals("clientDataJSON")).map(KeyEvidence.Attestation::document).findFirst()
                .orElse(Bytes.empty());
    }

    /// Whether the user was verified and whether it may be copied are shown with the key, and are for a policy to demand.
    private static RelyingParty relyingParty(KeyEvidence evidence) {
        return new RelyingParty(fact(evidence, "relyingParty"), List.of(fact(evidence, "origin")), false, true);
    }

    private static String fact(KeyEvidence evidence, String name) {
        return evidence.description().facts().stream().filter(fact -> fact.name().equals(name)).map(Fact::value).findFirst().orElse("");
    }
}
