package dev.chancery.architecture.planted.adapters.pkcs11;

import dev.chancery.architecture.planted.application.ApplicationThatSeesAnAdapter;

public interface TokensThatSeeTheApplication {
    ApplicationThatSeesAnAdapter application();
}
