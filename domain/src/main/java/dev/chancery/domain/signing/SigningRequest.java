package dev.chancery.domain.signing;

import dev.chancery.domain.dsse.DssePayload;

/// Exactly what a key is asked to sign, and why. One kind for each purpose; each can be made only from content that this program
/// has read or built itself.
public sealed interface SigningRequest {
    /// What the signature is for.
    SigningPurpose purpose();

    /// The algorithm, which fits the form of the input.
    SignatureAlgorithm algorithm();

    /// The digest or message.
    SigningInput input();

    /// A file's content. Made by [ArtifactContent#requestFor(SignatureAlgorithm)].
    final class OfArtifact implements SigningRequest {
        private final SignatureAlgorithm algorithm;
        private final SigningInput input;
        private final ArtifactContent content;

        OfArtifact(SignatureAlgorithm algorithm, SigningInput input, ArtifactContent content) {
            this.algorithm = algorithm;
            this.input = input;
            this.content = content;
        }

        @Override
        public SigningPurpose purpose() {
            return SigningPurpose.ARTIFACT;
        }

        @Override
        public SignatureAlgorithm algorithm() {
            return algorithm;
        }

        @Override
        public SigningInput input() {
            return input;
        }

        /// The artifact as it was read.
        public ArtifactContent content() {
            return content;
        }
    }

    /// A DSSE payload.
    ///
    /// @param payload what the signature will be over, through its pre-authentication encoding
    record OfStatement(SignatureAlgorithm algorithm, DssePayload payload) implements SigningRequest {
        @Override
        public SigningPurpose purpose() {
            return SigningPurpose.STATEMENT;
        }

        @Override
        public SigningInput input() {
            return algorithm.prehash()
                    .<SigningInput>map(hash -> new SigningInput.Prehashed(payload.preAuthEncoding().digest(hash)))
                    .orElseGet(() -> new SigningInput.Message(payload.preAuthEncoding().bytes()));
        }
    }

    /// A PKCS #10 certification request (RFC 2986 §4.2), which asks for a certificate of the key that signs it.
    record OfCertificateRequest(SignatureAlgorithm algorithm, CertificationRequestInfo info) implements SigningRequest {
        @Override
        public SigningPurpose purpose() {
            return SigningPurpose.CERTIFICATE_REQUEST;
        }

        @Override
        public SigningInput input() {
            return algorithm.prehash()
                    .<SigningInput>map(hash -> new SigningInput.Prehashed(hash.digest(info.der())))
                    .orElseGet(() -> new SigningInput.Message(info.der()));
        }
    }

    /// The name of an identity, signed for the authority that is to certify the key for it (Fulcio's API v2, proofOfPossession).
    record OfProofOfPossession(SignatureAlgorithm algorithm, ProofSubject subject) implements SigningRequest {
        @Override
        public SigningPurpose purpose() {
            return SigningPurpose.PROOF_OF_POSSESSION;
        }

        @Override
        public SigningInput input() {
            return algorithm.prehash()
                    .<SigningInput>map(hash -> new SigningInput.Prehashed(hash.digest(subject.content())))
                    .orElseGet(() -> new SigningInput.Message(subject.content()));
        }
    }
}
