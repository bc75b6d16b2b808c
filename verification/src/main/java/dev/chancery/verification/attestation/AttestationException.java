package dev.chancery.verification.attestation;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// A registration, or metadata, that doesn't prove what it should.
public final class AttestationException extends ProblemException {
    private static final long serialVersionUID = 1;

    private AttestationException(Problem problem) {
        super(problem, null);
    }

    static AttestationException invalid(String why) {
        return of(ErrorCode.ATTESTATION_INVALID, why);
    }

    static AttestationException of(ErrorCode code, String why) {
        return new AttestationException(new Problem(code, "the registration of the credential was refused", why, "don't enrol the credential; make a new one on another security key"));
    }

    static AttestationException notAllowed(String why) {
        return new AttestationException(new Problem(ErrorCode.AUTHENTICATOR_NOT_ALLOWED, "the registration of the credential was refused", why,
                "make the credential on a security key of a model that is allowed"));
    }

    static AttestationException metadata(String why, String remedy) {
        return new AttestationException(new Problem(ErrorCode.METADATA_INVALID, "the metadata of security keys was not used", why, remedy));
    }
}
