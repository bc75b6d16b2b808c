package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.application.keys.KeyKeeper;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateReader;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery key evidence`: what the device says of a key's past.
public final class KeyEvidenceCommand implements Command {
    private final KeyKeeper keys;
    private final KeyOptions keyOptions;
    private final CertificateReader certificates;
    private final AttestationReport attestations;

    @Inject
    KeyEvidenceCommand(KeyKeeper keys, KeyOptions keyOptions, CertificateReader certificates, AttestationReport attestations) {
        this.keys = keys;
        this.keyOptions = keyOptions;
        this.certificates = certificates;
        this.attestations = attestations;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("evidence",
                "Shows what the device says of where a key was made and whether it could ever leave: its word, not a proof.",
                "  chancery key evidence 'pkcs11:token=release;object=signing?module-path=/usr/lib/softhsm/libsofthsm2.so' --output json",
                "  chancery key evidence awskms:///alias/release",
                "  chancery key evidence 'fido2:?file=cem.fido2.json' --metadata model.json");
        spec.addPositional(Options.parameter("KEY", "1", "The pkcs11: URI of a key in a token, the URI of a key in a key service, or fido2:?file=PATH."));
        AttestationReport.addOptions(spec);
        KeyOptions.addAccess(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        KeyEvidence evidence = keys.evidence(KeyRef.parse(Options.single(line, "key")), keyOptions.access(line));
        String id = evidence.description().expectedKey().map(expected -> expected.key().id().hex()).orElse("unknown");
        output.line("key " + id + " " + evidence.description().uri());
        output.line("  made in the device (CKA_LOCAL)                      " + word(evidence.madeInside()));
        output.line("  never readable in the clear (CKA_ALWAYS_SENSITIVE)  " + word(evidence.alwaysSensitive()));
        output.line("  could never be taken out (CKA_NEVER_EXTRACTABLE)    " + word(evidence.neverExtractable()));
        output.line(evidence.claimsNeverToHaveLeft()
                ? "The device claims that the key was made in it and has never been anywhere else."
                : "The device does not claim that the key has never been anywhere else.");
        evidence.device().forEach(fact -> output.line("  " + fact.name() + ": " + fact.value()));
        evidence.attestations().forEach(attestation -> output.line("  attestation: " + attestation.format() + ", " + attestation.document().size()
                + " bytes, SHA-256 " + HashAlgorithm.SHA_256.digest(attestation.document()).hex() + "; --output json has it"));
        evidence.certificates().forEach(der -> output.line("  certificate: " + shown(der)));
        output.document(document(evidence, AttestationReport.isWanted(evidence, line) ? attestations.show(evidence, line, output) : null));
        return ExitStatus.DONE;
    }

    private static String word(Claim claim) {
        return switch (claim) {
            case YES -> "yes";
            case NO -> "no";
            case NOT_SAID -> "not said";
        };
    }

    private String shown(Bytes der) {
        try {
            SigningCertificate certificate = certificates.read(der);
            return "for " + certificate.subjectName() + ", by " + certificate.issuerName() + ", until " + certificate.notAfter();
        } catch (CertificateException e) {
            return "of " + der.size() + " bytes, which cannot be read: " + e.why();
        }
    }

    private static JsonValue document(KeyEvidence evidence, @Nullable JsonValue attested) {
        var device = JsonText.object();
        evidence.device().forEach(fact -> device.put(fact.name(), fact.value()));
        var document = JsonText.object();
        if (attested != null) {
            document.put("attestation", attested);
        }
        return document
                .put("key", KeyDescriptions.document(evidence.description()))
                .put("claims", JsonText.object()
                        .put("local", word(evidence.madeInside()))
                        .put("alwaysSensitive", word(evidence.alwaysSensitive()))
                        .put("neverExtractable", word(evidence.neverExtractable()))
                        .put("neverLeft", evidence.claimsNeverToHaveLeft())
                        .build())
                .put("device", device.build())
                .put("attestations", JsonText.array(evidence.attestations().stream()
                        .<JsonValue>map(attestation -> JsonText.object().put("format", attestation.format())
                                .put("document", attestation.document().toBase64()).build()).toList()))
                .put("certificates", JsonText.array(evidence.certificates().stream()
                        .<JsonValue>map(der -> new JsonValue.JsonString(der.toBase64())).toList()))
                .build();
    }
}
