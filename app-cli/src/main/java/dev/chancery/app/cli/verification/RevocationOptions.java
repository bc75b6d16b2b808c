package dev.chancery.app.cli.verification;

import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.policy.RevocationDemand;
import dev.chancery.formats.pem.PemBlock;
import dev.chancery.ports.certificate.RevocationReader;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Revocation;
import dev.chancery.verification.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options that say whether certificates must be shown not to be revoked, and by what.
public final class RevocationOptions {
    private static final String DEMAND = "--revocation";
    private static final String LIST = "--crl";
    private static final String RESPONSE = "--ocsp";

    private final RevocationSources sources;

    @Inject
    RevocationOptions(RevocationSources sources) {
        this.sources = sources;
    }

    static void add(CommandSpec spec) {
        spec.addOption(Options.value(DEMAND, "WHEN", "Whether a certificate must be shown not to be revoked: required, when-available or off (off; required with --crl or --ocsp)."
                + " Unless --offline, those are asked whom the certificate names.").build());
        addFiles(spec);
    }

    /// Adds those that give evidence alone: where a policy decides whether it is wanted.
    public static void addFiles(CommandSpec spec) {
        spec.addOption(Options.values(LIST, "FILE", "A revocation list, in PEM or DER.").build());
        spec.addOption(Options.values(RESPONSE, "FILE", "An OCSP response, in DER.").build());
    }

    /// Where it is to be learnt.
    ///
    /// @throws ProblemException when a file can't be read
    public RevocationSource source(ParseResult line) throws ProblemException {
        List<Bytes> lists = new ArrayList<>();
        for (String file : Options.many(line, LIST)) {
            lists.add(list(file));
        }
        List<Bytes> responses = new ArrayList<>();
        for (String file : Options.many(line, RESPONSE)) {
            responses.add(UserFiles.read(file, RevocationReader.MAX_RESPONSE));
        }
        return sources.of(lists, responses, Options.has(line, "--offline"));
    }

    private static Bytes list(String file) throws ProblemException {
        Bytes content = UserFiles.read(file, RevocationReader.MAX_LIST);
        if (!content.startsWith(Bytes.ofUtf8(PemBlock.BEGIN))) {
            return content;
        }
        return PemBlock.read(content.utf8().orElse(""), file).content();
    }

    /// What evidence the command line wants.
    ///
    /// @throws ProblemException when revocation is asked about a key, which has no certificate, or a file can't be read
    public Requirements requirements(ParseResult line, Trust trust) throws ProblemException {
        Requirements usual = TrustOptions.waivers(line).apply(trust.usualRequirements());
        if (demand(line).isPresent() && trust instanceof Trust.Key) {
            throw new UsageException("revocation is asked about, and a key was given, which has no certificate", "leave " + DEMAND + ", " + LIST + " and " + RESPONSE + " out");
        }
        return usual.withRevocation(revocation(line));
    }

    /// What the command line wants to be known about certificates that it trusts by itself.
    ///
    /// @throws ProblemException when a word is none, or a file can't be read
    public Revocation revocation(ParseResult line) throws ProblemException {
        Optional<RevocationDemand> demand = demand(line);
        return demand.isEmpty() ? Revocation.OFF : new Revocation(demand.get(), source(line));
    }

    private static Optional<RevocationDemand> demand(ParseResult line) throws UsageException {
        Optional<String> given = Options.text(line, DEMAND);
        if (given.isEmpty()) {
            return Options.has(line, LIST) || Options.has(line, RESPONSE) ? Optional.of(RevocationDemand.REQUIRED) : Optional.empty();
        }
        Optional<RevocationDemand> demand = RevocationDemand.ofLabel(given.get());
        if (demand.isEmpty()) {
            throw new UsageException(DEMAND + " is none of its words", "say required, when-available or off");
        }
        return demand;
    }
}
