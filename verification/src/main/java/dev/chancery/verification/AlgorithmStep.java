package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle.Content.MessageSignature;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Settles the one algorithm that a signature is verified with, before anything is verified: what the user named, else what key and
/// recorded digest leave open, in the order of Sigstore's registry. No second one is tried.
final class AlgorithmStep {
    private AlgorithmStep() {}

    static SignatureAlgorithm ofMessage(MessageSignature message, Signer signer) throws Stop {
        Optional<HashAlgorithm> recorded = message.digest().map(Digest::algorithm);
        if (signer.certificateOrNull() != null && signer.key() instanceof Ed25519PublicKey && recorded.equals(Optional.of(HashAlgorithm.SHA_512))) {
            // By certificates files are signed with the prehashed form: logs are shown digests only (sigstore-go, compatSignatureVerifier).
            return SignatureAlgorithm.ED25519_PH;
        }
        Optional<SignatureAlgorithm> settled = candidates(signer).stream()
                .filter(candidate -> agree(candidate, recorded))
                .findFirst();
        return settled.orElseThrow(() -> Stop.rejected(Step.SIGNATURE, ErrorCode.ALGORITHM_MISMATCH,
                "expected a " + recorded.map(HashAlgorithm::inTotoName).orElse("") + " digest, as the bundle records it, to be signed; found "
                        + names(signer)));
    }

    /// An envelope in a bundle names no hash: without a name from the user it is the registry's for the key.
    static SignatureAlgorithm ofEnvelope(Signer signer) throws Stop {
        return candidates(signer).getFirst();
    }

    /// Algorithms that take the message itself sign no digest, so any recorded one agrees with them.
    private static boolean agree(SignatureAlgorithm candidate, Optional<HashAlgorithm> recorded) {
        return recorded.isEmpty() || candidate.prehash().isEmpty() || candidate.prehash().equals(recorded);
    }

    private static List<SignatureAlgorithm> candidates(Signer signer) throws Stop {
        List<SignatureAlgorithm> possible = SignatureAlgorithm.forKey(signer.key());
        if (signer.algorithm().isEmpty()) {
            return possible;
        }
        SignatureAlgorithm named = signer.algorithm().get();
        if (!possible.contains(named)) {
            throw Stop.rejected(Step.SIGNATURE, ErrorCode.ALGORITHM_MISMATCH, "expected an algorithm of " + signer.description() + " (" + join(possible) + "), found " + named.cliName() + " named for it");
        }
        return List.of(named);
    }

    private static String names(Signer signer) {
        return signer.description() + " with " + signer.algorithm()
                .map(SignatureAlgorithm::cliName)
                .orElseGet(() -> join(SignatureAlgorithm.forKey(signer.key())));
    }

    static String join(List<SignatureAlgorithm> algorithms) {
        return algorithms.stream().map(SignatureAlgorithm::cliName).collect(Collectors.joining(" or "));
    }
}
