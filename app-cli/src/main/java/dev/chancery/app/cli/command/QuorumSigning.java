package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.app.cli.registry.RegistryOptions;
import dev.chancery.application.quorum.JoinedStatement;
import dev.chancery.application.quorum.Quorums;
import dev.chancery.application.quorum.SignTogether;
import dev.chancery.application.registry.AttachMembers;
import dev.chancery.application.registry.Subject;
import dev.chancery.application.signing.AttestArtifacts.Predicate;
import dev.chancery.application.signing.AttestArtifacts.Prepared;
import dev.chancery.application.signing.AttestArtifacts.Target;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.SignedBundle;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.ports.registry.Repositories;
import dev.chancery.ports.registry.Repository;
import dev.chancery.verification.image.ImageVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery sign` and `chancery attest` with several keys, or into a quorum that exists.
public final class QuorumSigning {
    private static final String INTO = "--into";
    private static final List<String> ALONE = List.of("--signing-config", "--identity-token", "--output-signature", "--expect-key", "--algorithm", "--certificate");

    private final SignTogether together;
    private final KeyOptions keyOptions;
    private final Repositories repositories;
    private final AttachMembers attaching;

    @Inject
    QuorumSigning(SignTogether together, KeyOptions keyOptions, Repositories repositories, AttachMembers attaching) {
        this.together = together;
        this.keyOptions = keyOptions;
        this.repositories = repositories;
        this.attaching = attaching;
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value(INTO, "QUORUM", "Add to the signatures in this quorum or bundle of a statement; without --bundle it is replaced.").build());
    }

    /// Whether the command line asks for a quorum.
    static boolean isWanted(ParseResult line) {
        return Options.has(line, INTO) || Options.many(line, "--key").size() > 1;
    }

    /// What a plain signature by several keys states: that they sign the artifact, as cosign 3 says it of images.
    public static Predicate plainSignature() {
        return new Predicate(ImageVerifier.SIGNATURE_TYPE, Bytes.ofUtf8("{}"));
    }

    /// Signs with every key and writes the quorum.
    ///
    /// @throws ProblemException when it can't be; nothing is written
    ExitStatus run(ParseResult line, List<Target> targets, Predicate predicate, String artifact, Output output) throws ProblemException {
        refuseAlone(line);
        Optional<String> into = Options.text(line, INTO);
        String out = place(line, into, artifact);
        boolean force = Options.has(line, "--force") || into.isPresent() && into.get().equals(out);
        if (!out.equals("-")) {
            UserFiles.refuseExisting(out, force);
        }
        List<KeyRef> keys = keys(line);
        @Nullable QuorumBundle existing = into.isPresent() ? Quorums.read(new Quorums.Source(into.get(), UserFiles.read(into.get(), QuorumBundle.MAX_LENGTH))) : null;
        Prepared prepared = AttestArtifacts.prepare(targets, predicate);
        if (existing != null) {
            prepared = JoinedStatement.of(into.get(), existing, prepared, predicate);
        }
        SignTogether.Outcome outcome = together.sign(prepared, keys, keyOptions.signing(line), existing);
        write(outcome, out, force, output);
        return ExitStatus.DONE;
    }

    /// Signs what a reference means with every key, and puts the signatures beside it: all, or none when a key fails.
    ///
    /// @throws ProblemException when it can't be done
    ExitStatus runForReference(ParseResult line, String text, Predicate predicate, Output output) throws ProblemException {
        refuseAlone(line);
        for (String option : List.of(INTO, "--bundle", "--recursive", "--layout")) {
            if (Options.has(line, option)) {
                throw new UsageException(option + " is not for several signatures beside a reference", "sign with one key at a time, or leave " + option + " out");
            }
        }
        OciReference reference = OciReference.parse(text);
        List<KeyRef> keys = keys(line);
        try (Repository repository = repositories.openForWriting(reference.place(), RegistryOptions.access(line))) {
            Subject subject = Subject.resolve(repository, reference);
            SignTogether.Outcome outcome = together.sign(AttestArtifacts.prepare(List.of(new Target.OfDigest(subject.digest())), predicate), keys,
                    keyOptions.signing(line), null);
            List<Digest> stored = attaching.attach(repository, subject, outcome.quorum());
            repository.complete();
            output.line("signed " + subject.exact());
            stored.forEach(each -> output.line("stored " + reference.at(each)));
            keyLines(outcome, output);
            output.document(JsonText.object().put("reference", reference.toString()).put("artifact", subject.digest().toString())
                    .put("stored", JsonText.array(stored.stream().<JsonValue>map(each -> new JsonValue.JsonString(each.toString())).toList()))
                    .put("keyIds", keyIds(outcome)).build());
        }
        return ExitStatus.DONE;
    }

    private static List<KeyRef> keys(ParseResult line) throws ProblemException {
        List<KeyRef> keys = new ArrayList<>();
        for (String key : Options.many(line, "--key")) {
            keys.add(KeyRef.parse(key));
        }
        if (keys.isEmpty()) {
            throw new UsageException("--key is missing", "add --key KEY");
        }
        return keys;
    }

    private static void keyLines(SignTogether.Outcome outcome, Output output) {
        for (SignedBundle each : outcome.signed()) {
            ExpectedKey key = each.signature().key();
            output.line("key    " + key.key().id().hex() + " (" + key.key().description() + ", " + key.source().description() + ")");
        }
    }

    private static JsonValue keyIds(SignTogether.Outcome outcome) {
        return JsonText.array(outcome.signed().stream().<JsonValue>map(each -> new JsonValue.JsonString(each.signature().key().key().id().hex())).toList());
    }

    private static void refuseAlone(ParseResult line) throws UsageException {
        for (String option : ALONE) {
            if (line.commandSpec().findOption(option) != null && Options.has(line, option)) {
                throw new UsageException(option + " is for one signature, and a quorum is to be made",
                        "sign with one key at a time and put the bundles together with chancery bundle merge");
            }
        }
    }

    private static String place(ParseResult line, Optional<String> into, String artifact) throws UsageException {
        Optional<String> given = Options.text(line, "--bundle").or(() -> into);
        if (given.isEmpty() && (artifact.equals("-") || artifact.startsWith("sha256:"))) {
            throw new UsageException("there is no file name to put a quorum beside", "name it with --bundle OUT");
        }
        return given.orElse(artifact + BundleOutput.QUORUM);
    }

    private static void write(SignTogether.Outcome outcome, String out, boolean force, Output output) throws ProblemException {
        Bytes encoded = QuorumCodec.write(outcome.quorum());
        if (out.equals("-")) {
            output.raw(encoded);
            return;
        }
        UserFiles.write(out, encoded, force);
        outcome.signed().getFirst().subjects().forEach(subject ->
                output.line("signed " + (subject.name().isEmpty() ? "" : subject.name() + " ") + subject.digest()));
        keyLines(outcome, output);
        int members = outcome.quorum().members().size();
        output.line("quorum " + out + " with " + members + (members == 1 ? " member" : " members"));
        output.document(JsonText.object()
                .put("bundle", out)
                .put("members", members)
                .put("digest", HashAlgorithm.SHA_256.digest(encoded).toString())
                .put("keyIds", keyIds(outcome))
                .build());
    }
}
