package dev.chancery.architecture.planted.adapters.kms.gcp;

public interface GcpClient {
}
