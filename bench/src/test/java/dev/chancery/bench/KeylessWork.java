package dev.chancery.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.crypto.revocation.X509RevocationReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampReader;
import dev.chancery.adapters.crypto.timestamp.Rfc3161TimestampRequests;
import dev.chancery.adapters.crypto.x509.AuthorityPaths;
import dev.chancery.adapters.crypto.x509.CertificateSignatures;
import dev.chancery.adapters.crypto.x509.X509CertificateReader;
import dev.chancery.adapters.fulcio.HttpSigstoreServices;
import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.Pause;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.keys.EphemeralKeyBackend;
import dev.chancery.adapters.tlog.FileAuditLog;
import dev.chancery.application.AuditContext;
import dev.chancery.application.evidence.EvidenceOptions;
import dev.chancery.application.evidence.SignWithEvidence;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.Expectation;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.identity.IdentityTokenCodec;
import dev.chancery.formats.sigstore.SigningConfigCodec;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.verification.VerificationCrypto;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Keyless signatures in one warm process: how long one takes, how long of that no service is being waited for, and the processor time of it
/// all. `bench/run keyless-work`: how many signatures, and the files of the signing configuration, the trusted root and the token.
public final class KeylessWork {
    private static final PrintStream OUT = System.out;

    private KeylessWork() {}

    /// Runs it.
    ///
    /// @param arguments as above
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        EvidenceOptions evidence = new EvidenceOptions(SigningConfigCodec.read(read(arguments[1])), TrustedRootCodec.read(read(arguments[2])),
                EvidenceOptions.DEFAULT_BUDGET);
        IdentityToken token = IdentityTokenCodec.read(read(arguments[3]).utf8().orElseThrow());
        Path audit = Files.createTempFile(Path.of("target"), "audit", ".log");
        Clock clock = Clock.systemUTC();
        SpkiPublicKeyDecoder keys = new SpkiPublicKeyDecoder();
        AuthorityPaths paths = new AuthorityPaths(new CertificateSignatures(Optional.empty()));
        VerificationCrypto crypto = new VerificationCrypto(SignatureVerifiers.forOne().verifier(), keys, new X509CertificateReader(keys), paths,
                new Rfc3161TimestampReader(paths), new X509RevocationReader(paths.signatures()));
        AuditContext context = new AuditContext(clock, "bench");
        KeyBackends backends = new KeyBackends(List.of(new EphemeralKeyBackend(new SecureRandom(), Optional::empty)));
        SigningPath path = new SigningPath(crypto.signatures(), FileAuditLog.at(audit), context);
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), Pause.SLEEP, new SecureRandom(), clock);
        WatchedServices services = new WatchedServices(new HttpSigstoreServices(http, clock));
        SignWithEvidence signing = new SignWithEvidence(backends, path, services, new Rfc3161TimestampRequests(), crypto, context);
        SignArtifact artifacts = new SignArtifact(backends, path);
        SigningOptions options = new SigningOptions(new KeyAccess(_ -> Optional.empty(), KeyAccess.DEFAULT_DEADLINE, false), new Expectation.FromBackend(), null)
                .preferringDigests();
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double[] whole = new double[count];
        double[] outside = new double[count];
        double[] processor = new double[count];
        try {
            for (int i = -count; i < count; i++) { // the first half warms the process up
                services.start();
                long cpu = machine.getProcessCpuTime();
                long from = System.nanoTime();
                signing.sign(KeyRef.parse("fulcio:"), options, evidence, Optional.of(() -> token), session -> artifacts.task(session, new InMemory()));
                long took = System.nanoTime() - from;
                if (i >= 0) {
                    whole[i] = took / 1e6;
                    outside[i] = (took - services.waited()) / 1e6;
                    processor[i] = (machine.getProcessCpuTime() - cpu) / 1e6;
                }
            }
        } finally {
            Files.delete(audit);
        }
        OUT.printf(Locale.ROOT, "%d signatures: median %.1f ms, of which %.1f ms outside the services' calls (90 of 100 within %.1f ms); processor time %.1f ms%n",
                count, part(whole, 0.5), part(outside, 0.5), part(outside, 0.9), part(processor, 0.5));
    }

    private static double part(double[] figures, double part) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))];
    }

    private static Bytes read(String file) throws java.io.IOException {
        return Bytes.copyOf(Files.readAllBytes(Path.of(file)));
    }

    private record InMemory() implements ArtifactSource {
        @Override
        public String name() {
            return "file";
        }

        @Override
        public InputStream open() {
            return Bytes.ofUtf8("what is signed\n").inputStream();
        }
    }
}
