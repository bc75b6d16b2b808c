package dev.chancery.app.cli;

import dagger.Module;
import dagger.Provides;
import dev.chancery.adapters.oci.OciRepositories;
import dev.chancery.adapters.oci.http.Timing;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.registry.AttachMembers;
import dev.chancery.application.registry.Attachments;
import dev.chancery.application.registry.FileArtifacts;
import dev.chancery.application.registry.SignReferences;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.image.ImageVerifier;
import dev.chancery.verification.policy.PolicyVerifier;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import javax.inject.Named;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// How the parts for registries, layouts and archives are put together.
@Module
final class RegistryModule {
    private RegistryModule() {}

    @Provides
    @Singleton
    static Repositories repositories(@Named("environment") Function<String, @Nullable String> environment) {
        return new OciRepositories(environment, Path.of(System.getProperty("user.home", ".")), new Timing(Clock.systemUTC()));
    }

    @Provides
    static SignReferences signReferences(KeyBackends backends, SigningPath path, AttestArtifacts attest, SignArtifact sign) {
        return new SignReferences(backends, path, attest, sign, new Attachments(Clock.systemUTC()));
    }

    @Provides
    static AttachMembers attachMembers() {
        return new AttachMembers(new Attachments(Clock.systemUTC()));
    }

    @Provides
    static FileArtifacts fileArtifacts() {
        return new FileArtifacts(Clock.systemUTC());
    }

    @Provides
    static ImageVerifier imageVerifier(VerificationEngine engine, PolicyVerifier policies) {
        return new ImageVerifier(engine, policies);
    }
}
