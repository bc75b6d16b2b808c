package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.verification.TrustWords.MatchWords;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.verification.Requirements;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options that say whom to trust and what evidence to want. Their names are cosign's.
public final class TrustOptions {
    private static final String IGNORE_LOG = "--insecure-ignore-tlog";
    private static final String KEYRING = "--keyring";
    private static final String IGNORE_SCT = "--insecure-ignore-sct";

    private TrustOptions() {}

    /// Adds them.
    ///
    /// @param policyNames what `--policy` is called too
    public static void add(CommandSpec spec, String... policyNames) {
        spec.addOption(Options.value("--key", "FILE", "The public key you trust, as PEM.").build());
        spec.addOption(Options.value("--algorithm", "NAME", "The algorithm, where the key has several and the bundle names none.").build());
        spec.addOption(Options.value("--certificate-identity", "NAME", "The name you trust: the whole e-mail address or URI in the certificate.").build());
        spec.addOption(Options.value("--certificate-identity-regexp", "RE2", "A regular expression that the whole name must match.").build());
        spec.addOption(Options.value("--certificate-oidc-issuer", "URL", "Who must vouch for the name.").build());
        spec.addOption(Options.value("--certificate-oidc-issuer-regexp", "RE2", "A regular expression that the whole issuer must match.").build());
        spec.addOption(Options.values("--policy", "FILE", "A policy instead of a key or an identity (docs/policy.md); of several each must be met.", policyNames).build());
        spec.addOption(Options.values("--trusted-root", "FILE",
                "The authorities and logs you trust (trusted_root.json); several count together. With --key, log entries and timestamps are checked too.").build());
        spec.addOption(Options.value(KEYRING, "FILE", "The keyring whose entries a policy names (docs/formats.md).").build());
        spec.addOption(Options.flag("--offline", "Open no socket: always so, but where it matters whether a certificate was revoked.").build());
        spec.addOption(Options.flag(IGNORE_LOG, "Want no transparency log entry: always so with --key and no trusted root.").build());
        spec.addOption(Options.flag(IGNORE_SCT, "Want no promise of a certificate transparency log in the certificate.").build());
        RevocationOptions.add(spec);
    }

    /// The policies that the command line names.
    ///
    /// @throws UsageException when it says something too that is the policies' to say
    public static List<String> policies(ParseResult line) throws UsageException {
        List<String> policies = Options.many(line, "--policy");
        for (String option : List.of("--key", "--algorithm", "--certificate-identity", "--certificate-identity-regexp", "--certificate-oidc-issuer",
                "--certificate-oidc-issuer-regexp", "--type", IGNORE_LOG, IGNORE_SCT, "--revocation")) {
            if (!policies.isEmpty() && Options.has(line, option)) {
                throw new UsageException("a policy and " + option + " were both given", "say it in the policy, or leave --policy out");
            }
        }
        return policies;
    }

    /// The keyring that goes with the policies.
    ///
    /// @throws UsageException when there is no policy
    public static Optional<String> keyring(ParseResult line) throws UsageException {
        if (Options.has(line, KEYRING) && Options.many(line, "--policy").isEmpty()) {
            throw new UsageException("a keyring was given, and no policy that names its entries", "add --policy FILE, or leave " + KEYRING + " out");
        }
        return Options.text(line, KEYRING);
    }

    /// Whom the command line trusts.
    ///
    /// @throws UsageException when a text and an expression are both given for one thing
    public static TrustWords words(ParseResult line) throws ProblemException {
        return new TrustWords(Options.text(line, "--key").orElse(null), KeyOptions.algorithm(line).orElse(null),
                match(line, "--certificate-identity"), match(line, "--certificate-oidc-issuer"),
                Options.many(line, "--trusted-root"));
    }

    private static @Nullable MatchWords match(ParseResult line, String option) throws UsageException {
        Optional<String> exact = Options.text(line, option);
        Optional<String> regexp = Options.text(line, option + "-regexp");
        if (exact.isPresent() && regexp.isPresent()) {
            throw new UsageException(option + " and " + option + "-regexp were both given", "give one of them");
        }
        return exact.map(text -> new MatchWords(text, false)).or(() -> regexp.map(text -> new MatchWords(text, true))).orElse(null);
    }

    /// What the command line leaves out of what is usually wanted; to be asked for once where there are many verifications.
    public static UnaryOperator<Requirements> waivers(ParseResult line) {
        boolean ignoreLog = Options.has(line, IGNORE_LOG);
        boolean ignoreSct = Options.has(line, IGNORE_SCT);
        return usual -> {
            Requirements log = ignoreLog ? usual.withoutLog() : usual;
            return ignoreSct ? log.withoutCertificateTimestamps() : log;
        };
    }
}
