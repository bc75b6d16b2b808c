package dev.chancery.architecture.planted.adapters.kms.vault;

public interface VaultClient {
}
