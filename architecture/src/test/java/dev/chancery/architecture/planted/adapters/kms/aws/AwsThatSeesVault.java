package dev.chancery.architecture.planted.adapters.kms.aws;

interface AwsThatSeesVault {
    Class<?> OTHER = dev.chancery.architecture.planted.adapters.kms.vault.VaultClient.class;
}
