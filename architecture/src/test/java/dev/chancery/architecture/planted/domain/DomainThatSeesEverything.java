package dev.chancery.architecture.planted.domain;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.google.re2j.Pattern;
import dagger.Module;
import io.github.jopenlibs.vault.json.JsonValue;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.services.kms.KmsClient;

/// Every library from where none may be reached.
interface DomainThatSeesEverything {
    Class<?> CORRETTO = AmazonCorrettoCryptoProvider.class;
    Class<?> AWS_SDK = KmsClient.class;
    Class<?> VAULT = JsonValue.class;
    Class<?> RE2J = Pattern.class;
    Class<?> PICOCLI = CommandLine.class;
    Class<?> DAGGER = Module.class;
    Class<?> JUNIT = Test.class;
}
