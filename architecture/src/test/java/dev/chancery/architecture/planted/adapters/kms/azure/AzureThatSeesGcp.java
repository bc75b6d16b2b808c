package dev.chancery.architecture.planted.adapters.kms.azure;

interface AzureThatSeesGcp {
    Class<?> OTHER = dev.chancery.architecture.planted.adapters.kms.gcp.GcpClient.class;
}
