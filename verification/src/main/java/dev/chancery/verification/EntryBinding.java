package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.LogEntryBody;
import dev.chancery.domain.log.LogEntryBody.LoggedSignature;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.rekor.LogEntryBodyCodec;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;

/// Holds what a log entry says against what was verified: the signature, the key or certificate, and the digest are the same.
final class EntryBinding {
    private final PublicKeyDecoder keys;

    EntryBinding(PublicKeyDecoder keys) {
        this.keys = keys;
    }

    void check(TransparencyLogEntry entry, SignedContent content, Signer signer) throws Stop {
        if (!LogEntryBodyCodec.KINDS.contains(entry.kindVersion())) {
            throw Stop.unknown(Step.TRANSPARENCY, ErrorCode.EVIDENCE_UNSUPPORTED, "expected an entry of a kind that is known here ("
                    + LogEntryBodyCodec.KINDS + "), found " + entry.kindVersion());
        }
        LogEntryBody body;
        try {
            body = LogEntryBodyCodec.read(entry.canonicalizedBody(), entry.kindVersion());
        } catch (FormatException e) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_ENTRY_MALFORMED, "expected the body of a " + entry.kindVersion() + " entry, found "
                    + e.problem().code().code() + ": " + e.problem().why());
        }
        switch (body) {
            case LogEntryBody.HashedRekord(Digest digest, LoggedSignature signature) -> {
                same(digest, digestOf(content.input(), digest), "digest");
                check(signature, content, signer);
            }
            case LogEntryBody.Envelope envelope -> envelope(envelope, content, signer);
        }
    }

    private void envelope(LogEntryBody.Envelope envelope, SignedContent content, Signer signer) throws Stop {
        if (!(content instanceof SignedContent.Attestation attestation)) {
            throw mismatch("an entry of a signature over a file", "an entry of an attestation");
        }
        same(envelope.payloadHash(), envelope.payloadHash().algorithm().digest(attestation.payload().content()), "payload hash");
        if (envelope.signatures().size() != 1) {
            throw mismatch("an entry with one signature", envelope.signatures().size() + " signatures");
        }
        check(envelope.signatures().getFirst(), content, signer);
    }

    /// What the entry's digest has to be, by its own algorithm where the message itself was signed.
    private static Digest digestOf(SigningInput input, Digest logged) {
        return switch (input) {
            case SigningInput.Prehashed(Digest digest) -> digest;
            case SigningInput.Message(Bytes message) -> logged.algorithm().digest(message);
        };
    }

    private static void same(Digest logged, Digest expected, String what) throws Stop {
        if (!logged.equals(expected)) {
            throw mismatch("the " + what + " " + expected, logged.toString());
        }
    }

    private void check(LoggedSignature logged, SignedContent content, Signer signer) throws Stop {
        if (!logged.signature().equals(content.signature().value())) {
            throw mismatch("this bundle's signature", "another signature");
        }
        SigningCertificate certificate = signer.certificateOrNull();
        switch (logged.verifier()) {
            case Verifier.Certificate(Bytes der) -> {
                if (certificate == null || !der.equals(certificate.der())) {
                    throw mismatch(certificate == null ? "the trusted key" : "this bundle's certificate",
                            certificate == null ? "a certificate" : "another certificate");
                }
            }
            case Verifier.Key(Bytes spki) -> {
                if (certificate != null || !isKey(spki, signer)) {
                    throw mismatch(certificate == null ? "the trusted key" : "this bundle's certificate", "another key");
                }
            }
        }
    }

    private boolean isKey(Bytes spki, Signer signer) {
        try {
            return keys.decodeDer(spki).equals(signer.key());
        } catch (PublicKeyException e) {
            return false;
        }
    }

    private static Stop mismatch(String expected, String found) {
        return Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_ENTRY_MISMATCH, "expected " + expected + " in the log entry, found " + found);
    }
}
