package dev.chancery.app.cli.verification;

import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.verification.VerifiedSignature;

/// A verified signature as JSON (docs/schemas/verification-result.schema.json).
final class SignatureDocument {
    private SignatureDocument() {}

    static JsonValue of(VerifiedSignature signature) {
        var document = JsonText.object()
                .put("keyId", signature.keyId().hex())
                .put("algorithm", signature.algorithm().cliName())
                .put("artifact", signature.artifact().toString());
        signature.certificate().ifPresent(certificate -> document.put("certificate", certificate(certificate)));
        signature.statement().ifPresent(statement -> document.put("predicateType", statement.predicateType()));
        return document
                .put("times", JsonText.array(signature.times().stream().<JsonValue>map(time ->
                        JsonText.object().put("time", time.time().toString()).put("source", time.source()).build()).toList()))
                .put("logEntries", JsonText.array(signature.logEntries().stream().<JsonValue>map(entry ->
                        JsonText.object().put("log", entry.log()).put("index", entry.index()).build()).toList()))
                .build();
    }

    private static JsonValue certificate(SigningCertificate certificate) {
        var claims = JsonText.object();
        certificate.claims().forEach((claim, value) -> claims.put(claim.label(), value));
        var document = JsonText.object()
                .put("names", JsonText.array(certificate.names().stream().<JsonValue>map(name ->
                        JsonText.object().put("kind", name.kind().label()).put("value", name.value()).build()).toList()));
        certificate.identityIssuer().ifPresent(issuer -> document.put("identityIssuer", issuer));
        return document
                .put("issuer", certificate.issuerName())
                .put("serialNumber", certificate.serialNumber())
                .put("notBefore", certificate.notBefore().toString())
                .put("notAfter", certificate.notAfter().toString())
                .put("claims", claims.build())
                .build();
    }
}
