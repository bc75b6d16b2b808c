package dev.chancery.architecture.planted.adapters.keys;

import dev.chancery.architecture.planted.verification.VerificationThatSeesAnAdapter;

public interface KeysThatSeeVerification {
    VerificationThatSeesAnAdapter engine();
}
