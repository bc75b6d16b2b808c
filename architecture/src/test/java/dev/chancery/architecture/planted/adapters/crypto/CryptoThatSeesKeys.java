package dev.chancery.architecture.planted.adapters.crypto;

import dev.chancery.architecture.planted.adapters.keys.KeysThatSeeVerification;

public interface CryptoThatSeesKeys {
    KeysThatSeeVerification other();
}
