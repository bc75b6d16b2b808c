package dev.chancery.app.cli.options;

import dev.chancery.app.cli.io.CommandPinEntry;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.application.signing.CertificateChoice;
import dev.chancery.application.signing.Expectation;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.formats.pem.PemBlock;
import dev.chancery.ports.certificate.CertificatePathValidator;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.key.KeyAccess;
import java.io.Console;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Provider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options that say how a private key is opened and which one is meant.
public final class KeyOptions {
    private static final String KEY_KINDS = "Private key: a path, env://NAME, pkcs11:…, awskms://…, gcpkms://…, azurekms://… or hashivault://…";
    private static final String ALGORITHM = "--algorithm";
    private static final String CERTIFICATE = "--certificate";
    private static final String LIMITED_USE = "--limited-use";
    private static final String BESIDE_KEY = "beside-key";

    private final PublicKeyDecoder publicKeys;
    private final Function<String, @Nullable String> environment;
    private final Provider<CertificateReader> certificates;
    private final Provider<CertificatePathValidator> paths;
    private final Clock clock;

    @Inject
    KeyOptions(PublicKeyDecoder publicKeys, @Named("environment") Function<String, @Nullable String> environment,
            Provider<CertificateReader> certificates, Provider<CertificatePathValidator> paths, Clock clock) {
        this.certificates = certificates;
        this.paths = paths;
        this.clock = clock;
        this.publicKeys = publicKeys;
        this.environment = environment;
    }

    public static void addAccess(CommandSpec spec) {
        spec.addOption(Options.value("--passphrase-file", "FILE",
                "File whose one line is the passphrase of a key file. Else CHANCERY_PASSPHRASE, COSIGN_PASSWORD or the prompt.").build());
        addDeadline(spec);
        spec.addOption(Options.flag("--confirm-final-try",
                "Use the PIN although the token says that one more wrong PIN locks it.").build());
    }

    /// The option for the longest wait.
    public static void addDeadline(CommandSpec spec) {
        spec.addOption(Options.value("--deadline", "SECONDS", "How long one operation of the key may take (30).").build());
    }

    /// The options of a command that several keys can sign with at once.
    public static void addSigningTogether(CommandSpec spec) {
        spec.addOption(Options.values("--key", "KEY", KEY_KINDS + " Several make a quorum.").build());
        addSigningBesideKey(spec);
    }

    public static void addSigning(CommandSpec spec) {
        spec.addOption(Options.value("--key", "KEY", KEY_KINDS).build());
        addSigningBesideKey(spec);
    }

    private static void addSigningBesideKey(CommandSpec spec) {
        addExpectation(spec);
        addAlgorithm(spec);
        addCertificate(spec);
        spec.addOption(Options.flag(LIMITED_USE,
                "Each use of the key counts: ask it once for each signature, and after a failure that leaves open whether it signed, never again.").build());
        addAccess(spec);
    }

    /// The option for a key's certificate, which its bundles carry.
    private static void addCertificate(CommandSpec spec) {
        spec.addOption(Options.value(CERTIFICATE, "FILE|beside-key",
                "The bundle carries this certificate: PEM, the key's own first, then its issuers; or the one that is kept beside the key.").build());
    }

    /// The option for the key that is expected.
    public static void addExpectation(CommandSpec spec) {
        spec.addOption(Options.value("--expect-key", "FILE|ID",
                "Public key (PEM file, or key id in hex) that the signature must verify with.").build());
    }

    /// The option for the signature algorithm.
    public static void addAlgorithm(CommandSpec spec) {
        spec.addOption(Options.value(ALGORITHM, "NAME", "Signature algorithm, where the key has several.").build());
    }

    /// How keys are opened.
    ///
    /// @throws UsageException for a deadline that is none
    @SuppressWarnings("SystemConsoleNull") // it is null where standard input and output are redirected and no console provider is there
    public KeyAccess access(ParseResult line) throws UsageException {
        Duration deadline = deadline(line);
        Console console = System.console();
        return new KeyAccess(new CommandPinEntry(Options.text(line, "--passphrase-file").orElse(null), environment,
                console != null && console.isTerminal() ? console : null), deadline, Options.has(line, "--confirm-final-try"),
                line.commandSpec().findOption(LIMITED_USE) != null && Options.has(line, LIMITED_USE));
    }

    /// How long one operation may take.
    ///
    /// @throws UsageException for a deadline that is none
    public Duration deadline(ParseResult line) throws UsageException {
        Optional<String> seconds = Options.text(line, "--deadline");
        if (seconds.isEmpty()) {
            return KeyAccess.DEFAULT_DEADLINE;
        }
        try {
            int value = Integer.parseInt(seconds.get());
            if (value < 1 || value > 86_400) {
                throw new NumberFormatException("out of range");
            }
            return Duration.ofSeconds(value);
        } catch (NumberFormatException e) {
            throw new UsageException("--deadline is not a number of seconds from 1 to 86400", "write --deadline 30");
        }
    }

    /// How to sign, from the options of [#addSigning].
    ///
    /// @throws ProblemException when an option is wrong or the expected key can't be read
    public SigningOptions signing(ParseResult line) throws ProblemException {
        Optional<SignatureAlgorithm> algorithm = algorithm(line);
        return new SigningOptions(access(line), expectation(line), algorithm.orElse(null), false, certificate(line));
    }

    private @Nullable CertificateChoice certificate(ParseResult line) throws ProblemException {
        if (line.commandSpec().findOption(CERTIFICATE) == null || Options.text(line, CERTIFICATE).isEmpty()) {
            return null;
        }
        String given = Options.text(line, CERTIFICATE).get();
        List<Bytes> chain = new ArrayList<>();
        if (!given.equals(BESIDE_KEY)) {
            String text = UserFiles.read(given, SigstoreBundle.MAX_CHAIN * SigningCertificate.MAX_LENGTH).utf8()
                    .orElseThrow(() -> new UsageException(given + " is not text", "give certificates as PEM"));
            for (PemBlock block : PemBlock.readAll(text, SigstoreBundle.MAX_CHAIN, given)) {
                if (!block.label().equals("CERTIFICATE")) {
                    throw new UsageException(given + " holds a block " + block.label(), "give nothing but blocks CERTIFICATE");
                }
                chain.add(block.content());
            }
        }
        return new CertificateChoice(certificates.get(), paths.get(), clock.instant(), chain);
    }

    public static Optional<SignatureAlgorithm> algorithm(ParseResult line) throws UsageException {
        Optional<String> name = Options.text(line, ALGORITHM);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.ofCliName(name.get());
        if (algorithm.isEmpty()) {
            throw new UsageException("there is no signature algorithm " + name.get(), "use one of "
                    + String.join(", ", java.util.Arrays.stream(SignatureAlgorithm.values()).map(SignatureAlgorithm::cliName).toList()));
        }
        return algorithm;
    }

    private Expectation expectation(ParseResult line) throws ProblemException {
        Optional<String> given = Options.text(line, "--expect-key");
        if (given.isEmpty()) {
            return new Expectation.FromBackend();
        }
        String value = given.get();
        if (value.matches("[0-9a-fA-F]{64}")) {
            return new Expectation.Id(KeyId.fromHex(value));
        }
        return new Expectation.Key(publicKeys.decodePem(UserFiles.read(value, PublicKeyDecoder.MAX_LENGTH)));
    }
}
