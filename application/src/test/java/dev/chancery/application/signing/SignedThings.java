package dev.chancery.application.signing;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.tlog.FileAuditLog;
import dev.chancery.application.AuditContext;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.MemoryKeyBackend;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The use cases put together from real parts: keys in memory, the JDK's verifier, an audit log in a file.
public record SignedThings(MemoryKeyBackend keys, KeyBackends backends, FileAuditLog audit, SigningPath path) {
    /// The PIN of the keys: made up for tests.
    public static final String PIN = "made-up-4711";

    /// When everything happens.
    public static final Instant NOW = Instant.parse("2026-03-14T15:09:26Z");

    /// Puts the parts together around an audit log.
    public static SignedThings with(Path log) {
        MemoryKeyBackend keys = MemoryKeyBackend.protectedBy(PIN);
        FileAuditLog audit = FileAuditLog.at(log);
        SigningPath path = new SigningPath(SignatureVerifiers.forOne().verifier(), audit,
                new AuditContext(Clock.fixed(NOW, ZoneOffset.UTC), "tester"));
        return new SignedThings(keys, new KeyBackends(List.of(keys)), audit, path);
    }

    /// How to sign.
    ///
    /// @param algorithmOrNull null for the key's default
    public static SigningOptions options(Expectation expectation, @Nullable SignatureAlgorithm algorithmOrNull) {
        return new SigningOptions(new KeyAccess(FixedPinEntry.of(PIN), KeyAccess.DEFAULT_DEADLINE, false), expectation, algorithmOrNull);
    }

    /// An artifact.
    public static ArtifactSource artifact(String name, String content) {
        return new ArtifactSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream open() {
                return Bytes.ofUtf8(content).inputStream();
            }
        };
    }
}
