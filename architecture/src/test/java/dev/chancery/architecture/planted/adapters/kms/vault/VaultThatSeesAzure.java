package dev.chancery.architecture.planted.adapters.kms.vault;

interface VaultThatSeesAzure {
    Class<?> OTHER = dev.chancery.architecture.planted.adapters.kms.azure.AzureClient.class;
}
