package dev.chancery.application.signing;

import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.ports.audit.AuditReceipt;

/// A signature that was verified with the expected key and whose audit record is durable. Only [SigningPath] makes one.
public final class ReleasedSignature {
    private final Signature signature;
    private final ExpectedKey key;
    private final AuditReceipt receipt;

    ReleasedSignature(Signature signature, ExpectedKey key, AuditReceipt receipt) {
        this.signature = signature;
        this.key = key;
        this.receipt = receipt;
    }

    /// The signature.
    public Signature signature() {
        return signature;
    }

    /// The key it verifies with, and who named that key.
    public ExpectedKey key() {
        return key;
    }

    /// Where the audit record stands.
    public AuditReceipt receipt() {
        return receipt;
    }
}
