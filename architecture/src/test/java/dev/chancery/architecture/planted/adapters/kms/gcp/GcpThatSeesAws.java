package dev.chancery.architecture.planted.adapters.kms.gcp;

interface GcpThatSeesAws {
    Class<?> OTHER = dev.chancery.architecture.planted.adapters.kms.aws.AwsClient.class;
}
