package dev.chancery.app.cli.log;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.certificate.SubjectAlternativeName;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.log.LogEntryBody;
import dev.chancery.domain.log.LogEntryBody.LoggedSignature;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.rekor.LogEntryBodyCodec;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/// What an entry's body says, for people and for matching.
final class EntryLines {
    private final CertificateReader certificates;
    private final PublicKeyDecoder keys;

    @Inject
    EntryLines(CertificateReader certificates, PublicKeyDecoder keys) {
        this.certificates = certificates;
        this.keys = keys;
    }

    /// An entry that was understood.
    ///
    /// @param digest of what was signed, or of an envelope's payload
    record Read(String kind, Digest digest, List<Signer> signers) {
        Read {
            signers = List.copyOf(signers);
        }
    }

    /// Who signed.
    ///
    /// @param keyId lower-case hexadecimal; empty when the key is of a kind that isn't read here
    /// @param names of the certificate; none for a bare key
    /// @param issuer who vouches for the names; empty for a bare key
    record Signer(String keyId, List<String> names, String issuer) {
        Signer {
            names = List.copyOf(names);
        }
    }

    /// Reads a body; nothing when it is of a kind that isn't read here.
    Optional<Read> read(Bytes body) {
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(body, LogEntryBodyCodec.MAX_LENGTH), "");
            KindVersion kind = new KindVersion(fields.requiredText("kind"), fields.requiredText("apiVersion"));
            if (!LogEntryBodyCodec.KINDS.contains(kind)) {
                return Optional.empty();
            }
            return Optional.of(switch (LogEntryBodyCodec.read(body, kind)) {
                case LogEntryBody.HashedRekord(Digest digest, LoggedSignature signature) -> new Read(kind.toString(), digest, List.of(signer(signature)));
                case LogEntryBody.Envelope(Digest payloadHash, List<LoggedSignature> signatures) ->
                    new Read(kind.toString(), payloadHash, signatures.stream().map(this::signer).toList());
            });
        } catch (FormatException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Signer signer(LoggedSignature signature) {
        return switch (signature.verifier()) {
            case Verifier.Certificate(Bytes der) -> {
                try {
                    SigningCertificate certificate = certificates.read(der);
                    yield new Signer(certificate.publicKey().id().hex(), certificate.names().stream().map(SubjectAlternativeName::value).toList(),
                            certificate.identityIssuer().orElse(""));
                } catch (CertificateException e) {
                    yield new Signer("", List.of(), "");
                }
            }
            case Verifier.Key(Bytes spki) -> {
                try {
                    yield new Signer(keys.decodeDer(spki).id().hex(), List.of(), "");
                } catch (PublicKeyException e) {
                    yield new Signer("", List.of(), "");
                }
            }
        };
    }

    static List<String> lines(long index, Optional<Read> read) {
        List<String> lines = new ArrayList<>();
        lines.add("entry  " + index + ", " + read.map(entry -> entry.kind() + " of " + entry.digest()).orElse("of a kind that is not read here"));
        for (Signer signer : read.map(Read::signers).orElse(List.of())) {
            lines.add(signer.names().isEmpty() ? "key    " + signer.keyId() : "by     " + String.join(", ", signer.names())
                    + ", vouched for by " + signer.issuer());
        }
        return lines;
    }

    static JsonValue document(long index, Optional<Read> read) {
        var fields = JsonText.object().put("index", Long.toString(index));
        read.ifPresent(entry -> fields.put("kind", entry.kind()).put("digest", entry.digest().toString())
                .put("signers", JsonText.array(entry.signers().stream()
                        .<JsonValue>map(signer -> JsonText.object()
                                .put("keyId", signer.keyId())
                                .put("names", JsonText.array(signer.names().stream().<JsonValue>map(JsonValue.JsonString::new).toList()))
                                .put("issuer", signer.issuer())
                                .build())
                        .toList())));
        return fields.build();
    }
}
