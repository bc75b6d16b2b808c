package dev.chancery.app.cli.evidence;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.evidence.EvidenceOptions;
import dev.chancery.application.evidence.PendingCodec;
import dev.chancery.application.evidence.PendingSignature;
import dev.chancery.application.evidence.SignWithEvidence;
import dev.chancery.application.evidence.SignWithEvidence.TaskMaker;
import dev.chancery.application.evidence.SignWithEvidence.TokenSource;
import dev.chancery.application.signing.SignedBundle;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Provider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Signs with evidence when the command line asks for it.
public final class EvidenceSigning {
    private static final String EPHEMERAL = "fulcio:";
    private static final List<String> OPTIONS = List.of("--identity-token", "--fulcio-auth-flow", "--oidc-issuer", "--oidc-client-id",
            "--oidc-audience", "--signing-config", "--trusted-root", "--service-timeout");

    private final Provider<SignWithEvidence> signing;
    private final IdentityTokens tokens;
    private final Provider<PendingCodec> codec;
    private final KeyOptions keyOptions;

    @Inject
    EvidenceSigning(Provider<SignWithEvidence> signing, Provider<PendingCodec> codec, IdentityTokens tokens, KeyOptions keyOptions) {
        this.signing = signing;
        this.codec = codec;
        this.tokens = tokens;
        this.keyOptions = keyOptions;
    }

    /// Adds the options.
    public static void addOptions(CommandSpec spec) {
        IdentityTokens.addOptions(spec);
        EvidenceSettings.addOptions(spec);
    }

    /// Refuses the options where signatures get no evidence yet: one that was asked for is never left out in silence.
    ///
    /// @param what is signed, in the plural
    /// @throws UsageException when one was given
    public static void refuse(ParseResult line, String what) throws UsageException {
        for (String option : OPTIONS) {
            if (Options.has(line, option)) {
                throw new UsageException(option + " was given, and signatures of " + what + " get no certificates, log entries or timestamps yet",
                        "leave " + option + " out, or sign files one by one");
            }
        }
    }

    /// What is to be signed with, and which evidence it gets.
    ///
    /// @param evidence nothing when nothing leaves the machine
    /// @param identity nothing when the key stands for itself
    public record Plan(KeyRef key, Optional<EvidenceOptions> evidence, Optional<TokenSource> identity) {}

    /// Settles it, before a key is asked.
    ///
    /// @throws ProblemException when the options don't go together or a file can't be read
    public Plan plan(ParseResult line, Output output) throws ProblemException {
        return plan(line, output, Options.text(line, "--key"), EvidenceSettings.read(line));
    }

    /// Settles it where something else than the command line names the key and the services.
    ///
    /// @param named the key; nothing for one that lives as long as its certificate
    /// @throws ProblemException when that and the options don't go together
    public Plan plan(ParseResult line, Output output, Optional<String> named, Optional<EvidenceOptions> evidence) throws ProblemException {
        boolean keyless = evidence.isPresent() && named.isEmpty() || named.isPresent() && named.get().startsWith(EPHEMERAL);
        Optional<TokenSource> identity = tokens.source(line, keyless, evidence, output::note);
        String key = identity.isPresent() && named.isEmpty() ? EPHEMERAL
                : named.orElseThrow(() -> new UsageException("--key is missing", "add --key KEY"));
        if (identity.isPresent() && evidence.isEmpty()) {
            throw new UsageException("a certificate for an identity is wanted, and nothing names an authority that issues it", "add --signing-config FILE");
        }
        if (identity.isPresent() && Options.text(line, "--certificate").isPresent()) {
            throw new UsageException("the certificate is to be issued for the identity token, and --certificate names another", "leave one of them out");
        }
        return new Plan(KeyRef.parse(key), evidence, identity);
    }

    /// Signs a file's content with evidence.
    ///
    /// @param place where the bundle is to go, or `-`: beside it an unfinished signature is kept
    /// @throws ProblemException as [SignWithEvidence#sign] does
    public SignedBundle signFile(Plan plan, EvidenceOptions evidence, ParseResult line, String place, TaskMaker maker) throws ProblemException {
        SigningOptions options = keyOptions.signing(line).preferringDigests();
        return PendingFile.keeping(place, false, () -> signing.get().sign(plan.key(), options, evidence, plan.identity(), maker));
    }

    /// Signs a statement with evidence.
    ///
    /// @param place where the bundle is to go, or `-`: beside it an unfinished signature is kept
    /// @throws ProblemException as [SignWithEvidence#sign] does
    public SignedBundle signStatement(Plan plan, EvidenceOptions evidence, ParseResult line, String place, TaskMaker maker) throws ProblemException {
        SigningOptions options = keyOptions.signing(line);
        return PendingFile.keeping(place, false, () -> signing.get().sign(plan.key(), options, evidence, plan.identity(), maker));
    }

    /// Goes on with the signature in a file.
    ///
    /// @throws ProblemException when the file can't be used, or the evidence still isn't complete
    public SigstoreBundle resume(String file, ParseResult line) throws ProblemException {
        EvidenceOptions evidence = EvidenceSettings.read(line)
                .orElseThrow(() -> new UsageException("nothing says which services to go on with", "add --signing-config FILE"));
        PendingSignature pending = codec.get().read(UserFiles.read(file, PendingCodec.MAX_LENGTH));
        return PendingFile.keeping(file, true, () -> signing.get().resume(pending, evidence)).bundle();
    }
}
