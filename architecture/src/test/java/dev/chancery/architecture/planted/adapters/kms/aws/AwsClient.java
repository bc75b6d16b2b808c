package dev.chancery.architecture.planted.adapters.kms.aws;

public interface AwsClient {
}
