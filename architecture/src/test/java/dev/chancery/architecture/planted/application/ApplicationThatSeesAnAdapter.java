package dev.chancery.architecture.planted.application;

import dev.chancery.architecture.planted.adapters.keys.KeysThatSeeVerification;

public interface ApplicationThatSeesAnAdapter {
    KeysThatSeeVerification adapter();
}
