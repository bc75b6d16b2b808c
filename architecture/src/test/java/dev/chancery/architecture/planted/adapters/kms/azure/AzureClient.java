package dev.chancery.architecture.planted.adapters.kms.azure;

public interface AzureClient {
}
