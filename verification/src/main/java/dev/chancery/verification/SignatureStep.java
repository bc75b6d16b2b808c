package dev.chancery.verification;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.util.List;

/// Verifies the signature with the trusted key and the settled algorithm.
final class SignatureStep {
    private final SignatureVerifier verifier;

    SignatureStep(SignatureVerifier verifier) {
        this.verifier = verifier;
    }

    void check(Signer signer, SigningInput input, Signature signature, Findings findings) throws Stop {
        if (!verifier.verifies(signer.key(), input, signature)) {
            throw Stop.rejected(Step.SIGNATURE, ErrorCode.SIGNATURE_INVALID, "expected a " + signature.algorithm().cliName()
                    + " signature by key " + signer.key().id().hex() + " over this content, found something else" + advice(signer, signature.algorithm()));
        }
        findings.passed(Step.SIGNATURE, signature.algorithm().cliName() + " by key " + signer.key().id().hex());
    }

    /// Says what else the key could have signed with, where the user has left it to us: it is for the user to say, not for us to try.
    private static String advice(Signer signer, SignatureAlgorithm settled) {
        List<SignatureAlgorithm> others = SignatureAlgorithm.forKey(signer.key()).stream().filter(other -> other != settled).toList();
        if (signer.algorithm().isPresent() || others.isEmpty()) {
            return "";
        }
        return settled == SignatureAlgorithm.ECDSA_P384_SHA_384
                ? "; if cosign made it, name --algorithm " + SignatureAlgorithm.ECDSA_P384_SHA_256.cliName()
                : "; if another algorithm made it, name it: --algorithm " + AlgorithmStep.join(others);
    }
}
