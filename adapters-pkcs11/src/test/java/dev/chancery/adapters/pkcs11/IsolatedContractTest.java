package dev.chancery.adapters.pkcs11;

import org.junit.jupiter.api.Tag;

/// A module in a helper process keeps the same contract.
@Tag("interop")
final class IsolatedContractTest extends SoftHsmContractTest {
    @Override
    Pkcs11Settings settings() {
        return super.settings().withIsolation(Pkcs11Settings.Isolation.PROCESS);
    }
}
