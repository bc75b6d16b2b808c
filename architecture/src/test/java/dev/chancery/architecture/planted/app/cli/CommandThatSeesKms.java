package dev.chancery.architecture.planted.app.cli;

import dev.chancery.architecture.planted.adapters.kms.aws.AwsClient;

interface CommandThatSeesKms {
    AwsClient client();
}
