package dev.chancery.architecture.planted.domain;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.re2j.Pattern;
import dagger.Module;
import dev.cel.runtime.CelRuntime;
import io.github.jopenlibs.vault.json.JsonValue;
import io.nayuki.qrcodegen.QrCode;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import picocli.CommandLine;
import software.amazon.awssdk.services.kms.KmsClient;

/// Every library from where none may be reached.
interface DomainThatSeesEverything {
    Class<?> FORGING = X509CertificateHolder.class;
    Class<?> CORRETTO = AmazonCorrettoCryptoProvider.class;
    Class<?> AWS_SDK = KmsClient.class;
    Class<?> AZURE_SDK = CryptographyClient.class;
    Class<?> GOOGLE_SDK = KeyManagementServiceClient.class;
    Class<?> SNAKEYAML = Load.class;
    Class<?> CEL = CelRuntime.class;
    Class<?> VAULT = JsonValue.class;
    Class<?> RE2J = Pattern.class;
    Class<?> QRCODEGEN = QrCode.class;
    Class<?> PICOCLI = CommandLine.class;
    Class<?> DAGGER = Module.class;
    Class<?> JUNIT = Test.class;
}
