package dev.chancery.app.cli.command;

import dev.chancery.app.cli.io.FileProblem;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.signing.SignedBundle;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.sigstore.BundleCodec;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Where a bundle goes, or the receipt that is all that `--rekor-only` leaves: where the command line says, or beside the artifact; and
/// what is said about it.
///
/// @param form what is written
/// @param path of the bundle or receipt, or `-` for standard output
/// @param signaturePathOrNull of the bare base64 signature, if wanted
/// @param force whether existing files are replaced
record BundleOutput(Form form, String path, @Nullable String signaturePathOrNull, boolean force) {
    /// How the name of a quorum's file ends.
    static final String QUORUM = ".quorum.json";

    private static final Pattern UNFINISHED = Pattern.compile("\\.(?:sigstore|rekor)\\.json\\.pending[0-9]*$");

    /// What is written of a signature.
    enum Form {
        /// All of it.
        BUNDLE("bundle", "--bundle", ".sigstore.json") {
            @Override
            Bytes encode(SigstoreBundle bundle) {
                return BundleCodec.write(bundle);
            }
        },
        /// What stands beside it: log entries, timestamps, the certificate or the hint of the key. The signature is in the log.
        RECEIPT("receipt", RekorOnly.RECEIPT, ".rekor.json") {
            @Override
            Bytes encode(SigstoreBundle bundle) {
                return BundleCodec.writeMaterial(bundle);
            }
        };

        private final String word;
        private final String option;
        private final String suffix;

        Form(String word, String option, String suffix) {
            this.word = word;
            this.option = option;
            this.suffix = suffix;
        }

        abstract Bytes encode(SigstoreBundle bundle);
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.value("--bundle", "OUT", "Where the bundle goes (ARTIFACT.sigstore.json); - is standard output.").build());
        spec.addOption(Options.flag("--force", "Replace existing output files.").build());
    }

    /// Settles the names and refuses existing files before a key is asked.
    static BundleOutput settle(ParseResult line, String artifact) throws UsageException, FileProblem {
        Form form = RekorOnly.isWanted(line) ? Form.RECEIPT : Form.BUNDLE;
        Optional<String> named = Options.text(line, form.option);
        if (named.isEmpty() && (artifact.equals("-") || artifact.startsWith("sha256:"))) {
            throw new UsageException("there is no file name to put a " + form.word + " beside", "name it with " + form.option + " OUT");
        }
        String path = named.orElse(artifact + form.suffix);
        String signature = line.commandSpec().findOption("--output-signature") == null
                ? null
                : Options.text(line, "--output-signature").orElse(null);
        BundleOutput output = new BundleOutput(form, path, signature, Options.has(line, "--force"));
        if (!path.equals("-")) {
            UserFiles.refuseExisting(path, output.force);
        }
        if (signature != null) {
            UserFiles.refuseExisting(signature, output.force);
        }
        return output;
    }

    /// As [#settle], for a signature that was kept in a file: beside the artifact that the file's name tells.
    static BundleOutput settleResumed(ParseResult line, String unfinished) throws UsageException, FileProblem {
        return settle(line, UNFINISHED.matcher(unfinished).replaceFirst(""));
    }

    /// Writes a bundle whose signature was made in an earlier run.
    void write(SigstoreBundle bundle, Output output) throws FileProblem {
        if (path.equals("-")) {
            output.raw(form.encode(bundle));
            return;
        }
        UserFiles.write(path, form.encode(bundle), force);
        evidenceLines(bundle, output);
        output.line(form.word + " " + path);
        output.document(evidence(JsonText.object().put(form.word, path), bundle).build());
    }

    private static void evidenceLines(SigstoreBundle bundle, Output output) {
        for (TransparencyLogEntry entry : bundle.logEntries()) {
            output.line("logged " + entry.kindVersion() + " entry " + entry.logIndex() + " of log " + entry.logId().toHex());
        }
        if (!bundle.timestamps().isEmpty()) {
            output.line("time   " + bundle.timestamps().size() + (bundle.timestamps().size() == 1 ? " timestamp" : " timestamps"));
        }
    }

    private static JsonText.ObjectBuilder evidence(JsonText.ObjectBuilder fields, SigstoreBundle bundle) {
        if (!bundle.logEntries().isEmpty() || !bundle.timestamps().isEmpty()) {
            fields.put("logEntries", JsonText.array(bundle.logEntries().stream()
                    .<JsonValue>map(entry -> JsonText.object()
                            .put("logId", entry.logId().toHex())
                            .put("logIndex", Long.toString(entry.logIndex()))
                            .put("kind", entry.kindVersion().toString())
                            .build())
                    .toList()));
            fields.put("timestamps", bundle.timestamps().size());
        }
        return fields;
    }

    void write(SignedBundle signed, Output output) throws FileProblem {
        Bytes encoded = form.encode(signed.bundle());
        if (signaturePathOrNull != null) {
            UserFiles.write(signaturePathOrNull, Bytes.ofUtf8(signed.signature().signature().value().toBase64()), force);
        }
        if (path.equals("-")) {
            output.raw(encoded);
            return;
        }
        UserFiles.write(path, encoded, force);
        ExpectedKey key = signed.signature().key();
        for (NamedDigest subject : signed.subjects()) {
            output.line("signed " + (subject.name().isEmpty() ? "" : subject.name() + " ") + subject.digest());
        }
        output.line("key    " + key.key().id().hex() + " (" + key.key().description() + ", " + key.source().description() + ")");
        evidenceLines(signed.bundle(), output);
        output.line(form.word + " " + path);
        output.document(document(signed, key));
    }

    private JsonValue document(SignedBundle signed, ExpectedKey key) {
        return evidence(JsonText.object()
                .put(form.word, path)
                .put("keyId", key.key().id().hex())
                .put("keySource", key.source().description())
                .put("algorithm", signed.signature().signature().algorithm().cliName())
                .put("subjects", JsonText.array(signed.subjects().stream()
                        .<JsonValue>map(subject -> JsonText.object()
                                .put("name", subject.name())
                                .put("digest", subject.digest().toString())
                                .build())
                        .toList()))
                .put("auditIndex", Long.toString(signed.signature().receipt().index())), signed.bundle()).build();
    }
}
