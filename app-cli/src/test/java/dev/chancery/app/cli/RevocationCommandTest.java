package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.formats.sigstore.TrustedRootCodec;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedBundle;
import dev.chancery.testkit.forge.ForgedCertificate;
import dev.chancery.testkit.forge.ForgedList;
import dev.chancery.testkit.forge.ForgedServices;
import dev.chancery.testkit.registry.LoopbackWeb;
import dev.chancery.testkit.registry.WebAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An organisation's own authority, whose revocation lists are given, fetched, or in the cache.
class RevocationCommandTest {
    private static final ForgedAuthority ROOT = ForgedAuthority.root("CN=own root", ForgedList.FOR_LISTS);
    private static final Instant SIGNED = ForgedCertificate.START.plusSeconds(60);

    @TempDir
    Path folder = Path.of("unset");

    private final AtomicInteger asked = new AtomicInteger();
    private final Instant now = Clock.systemUTC().instant();
    private Program program = new Program(folder);
    private LoopbackWeb web;
    private volatile Bytes published = Bytes.empty();

    @BeforeEach
    void files() throws Exception {
        program = new Program(folder).with("XDG_CACHE_HOME", folder.resolve("cache").toString());
        web = LoopbackWeb.start(ServerSocketFactory.getDefault(), _ -> {
            asked.incrementAndGet();
            return new WebAnswer(200, Map.of(), published, published.size());
        });
        ForgedServices services = ForgedServices.make().withAuthority(ROOT, ROOT);
        Bytes points = Bytes.copyOf(new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(new DistributionPointName(new GeneralNames(
                new GeneralName(GeneralName.uniformResourceIdentifier, "http://" + web.host() + "/own.crl"))), null, null)}).getEncoded());
        Bytes bundle = BundleCodec.write(ForgedBundle.message(services).certificate(certificate -> certificate.livingFor(Duration.ofDays(3650)).withRaw("2.5.29.31", points))
                .timestamp(timestamp -> timestamp.at(SIGNED)).make());
        Files.write(folder.resolve("app"), ForgedBundle.ARTIFACT.toByteArray());
        Files.write(folder.resolve("app.sigstore.json"), bundle.toByteArray());
        Files.write(folder.resolve("root.json"), TrustedRootCodec.write(services.trustedRoot()).toByteArray());
        Files.writeString(folder.resolve("policy.yaml"), """
                policy: chancery.dev/v1
                signers:
                  dev: {authority: {name: dev@forge.test, certificates: "PEM"}}
                roles:
                  release: {threshold: 1, signers: [dev]}
                require:
                  - signatureBy: release
                evidence: {revocation: required}
                """.replace("PEM", pem("CERTIFICATE", ROOT.der()).replace("\n", "\\n")));
        Files.writeString(folder.resolve("good.crl"), pem("X509 CRL", good()));
        Files.write(folder.resolve("revoked.crl"), ForgedList.by(ROOT).from(now.minusSeconds(3600), now.plusSeconds(3600))
                .revoking(ForgedCertificate.SERIAL_NUMBER, SIGNED.minusSeconds(1), CRLReason.superseded).issue().toByteArray());
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private Bytes good() {
        return ForgedList.by(ROOT).from(now.minusSeconds(3600), now.plusSeconds(3600)).issue();
    }

    private static String pem(String label, Bytes der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toByteArray()) + "\n-----END " + label + "-----\n";
    }

    private Run policy(String... more) throws Exception {
        String[] words = new String[6 + more.length];
        System.arraycopy(new String[] {"verify", "app", "--policy", "policy.yaml", "--trusted-root", "root.json"}, 0, words, 0, 6);
        System.arraycopy(more, 0, words, 6, more.length);
        return program.chancery(words);
    }

    private Run identity(String... more) throws Exception {
        String[] words = new String[8 + more.length];
        System.arraycopy(new String[] {"verify", "app", "--certificate-identity", "dev@forge.test", "--certificate-oidc-issuer", ForgedCertificate.ISSUER,
            "--trusted-root", "root.json"}, 0, words, 0, 8);
        System.arraycopy(more, 0, words, 8, more.length);
        return program.chancery(words);
    }

    @Test
    void givenListsDecide() throws Exception {
        policy("--crl", "good.crl", "--offline").succeeded();
        policy("--crl", "revoked.crl", "--offline").rejected("CHY-V080");
        Run unknown = policy("--offline", "--output", "json");
        assertEquals(3, unknown.status(), unknown.out());
        assertTrue(unknown.out().contains("CHY-V081") && unknown.out().contains("offline"), unknown.out());
        identity("--offline").succeeded();
        identity("--crl", "good.crl", "--offline").succeeded();
        identity("--crl", "revoked.crl", "--offline").rejected("CHY-V080");
        assertEquals(3, identity("--revocation", "required", "--offline").status());
        identity("--revocation", "when-available", "--offline").succeeded();
        identity("--revocation", "sometimes").failed(2, "CHY-U001");
        policy("--revocation", "off").failed(2, "CHY-U001");
        assertEquals(0, asked.get(), "nobody was asked");
    }

    @Test
    void whatWasFetchedServesWithoutANetwork() throws Exception {
        published = good();
        Run refused = policy();
        assertEquals(3, refused.status(), refused.out());
        assertTrue(refused.out().contains("CHY-V081"), refused.out());
        assertEquals(0, asked.get(), "this machine is not asked unless that is meant");
        program.with("CHANCERY_REVOCATION_LOOPBACK", "allow");
        policy().succeeded();
        assertEquals(1, asked.get());
        policy("--offline").succeeded();
        policy().succeeded();
        assertEquals(1, asked.get(), "what is kept is fetched once");
    }
}
