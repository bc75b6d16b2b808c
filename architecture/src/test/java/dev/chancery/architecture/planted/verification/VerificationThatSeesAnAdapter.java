package dev.chancery.architecture.planted.verification;

import dev.chancery.architecture.planted.adapters.crypto.CryptoThatSeesKeys;

public interface VerificationThatSeesAnAdapter {
    CryptoThatSeesKeys adapter();
}
