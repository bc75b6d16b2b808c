package dev.chancery.app.cli.registry;

import dev.chancery.app.cli.evidence.EvidenceSigning;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.registry.SignReferences;
import dev.chancery.application.registry.SignReferences.Written;
import dev.chancery.application.registry.SignatureLayout;
import dev.chancery.application.signing.AttestArtifacts.Predicate;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import picocli.CommandLine.ParseResult;

/// `chancery sign` and `chancery attest` for a reference: the signature goes beside the artifact.
public final class ReferenceSigning {
    private final SignReferences signReferences;
    private final Repositories repositories;
    private final EvidenceSigning evidence;
    private final KeyOptions keyOptions;

    @Inject
    ReferenceSigning(SignReferences signReferences, Repositories repositories, EvidenceSigning evidence, KeyOptions keyOptions) {
        this.signReferences = signReferences;
        this.repositories = repositories;
        this.evidence = evidence;
        this.keyOptions = keyOptions;
    }

    /// Signs, or attests when there is a predicate.
    ///
    /// @throws ProblemException when it can't be done
    public ExitStatus run(ParseResult line, String text, Optional<Predicate> predicate, Output output) throws ProblemException {
        refuseFiles(line);
        OciReference reference = OciReference.parse(text);
        SignReferences.Way way = RegistryOptions.way(line);
        List<Written> written;
        try (Repository repository = repositories.openForWriting(reference.place(), RegistryOptions.access(line))) {
            written = with(line, way, output, signer -> predicate.isPresent()
                    ? signReferences.attest(repository, reference, way, predicate.get(), signer)
                    : signReferences.sign(repository, reference, way, signer));
            repository.complete();
        }
        show(reference, written, output);
        return ExitStatus.DONE;
    }

    /// Signs with a key, or with a certificate and what logs and timestamp authorities say, as the command line wants it.
    ///
    /// @throws ProblemException when it can't be done
    public List<Written> with(ParseResult line, SignReferences.Way way, Output output, SignReferences.Work work) throws ProblemException {
        return with(evidence.plan(line, output), line, way, work);
    }

    /// Signs as a plan says.
    ///
    /// @throws ProblemException when it can't be done
    public List<Written> with(EvidenceSigning.Plan plan, ParseResult line, SignReferences.Way way, SignReferences.Work work) throws ProblemException {
        if (plan.evidence().isEmpty()) {
            return signReferences.withKey(plan.key(), keyOptions.signing(line), work);
        }
        if (way.layout() == SignatureLayout.COSIGN2) {
            throw new UsageException("--layout cosign2 has no place for the evidence that --signing-config asks for", "leave one of them out");
        }
        return work.with(maker -> evidence.signStatement(plan, plan.evidence().get(), line, "-", maker));
    }

    private static void refuseFiles(ParseResult line) throws UsageException {
        for (String option : List.of("--bundle", "--output-signature")) {
            if (line.commandSpec().findOption(option) != null && Options.has(line, option)) {
                throw new UsageException(option + " is for files: the signature of a reference goes beside the artifact", "leave " + option + " out");
            }
        }
    }

    private static void show(OciReference reference, List<Written> written, Output output) {
        for (Written each : written) {
            output.line("signed " + reference.at(each.artifact()));
            output.line("stored " + reference.at(each.manifest()));
        }
        ExpectedKey key = written.getFirst().signed().signature().key();
        output.line("key    " + key.key().id().hex() + " (" + key.key().description() + ", " + key.source().description() + ")");
        output.document(JsonText.object()
                .put("reference", reference.toString())
                .put("keyId", key.key().id().hex())
                .put("keySource", key.source().description())
                .put("signatures", JsonText.array(written.stream().<JsonValue>map(each -> JsonText.object()
                        .put("artifact", each.artifact().toString())
                        .put("manifest", each.manifest().toString())
                        .put("algorithm", each.signed().signature().signature().algorithm().cliName())
                        .put("auditIndex", Long.toString(each.signed().signature().receipt().index()))
                        .build()).toList()))
                .build());
    }
}
