package dev.chancery.app.cli.command;

import dev.chancery.app.cli.batch.BatchOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.evidence.EvidenceOptions;
import dev.chancery.domain.trust.ServiceGroup;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `--rekor-only`: the signature goes into a log, and nothing but a receipt is left here.
final class RekorOnly {
    /// Where the receipt goes.
    static final String RECEIPT = "--receipt";

    private static final String WANTED = "--rekor-only";
    private static final List<String> FILES = List.of("--bundle", "--output-signature", "--into");

    private RekorOnly() {}

    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.flag(WANTED, "Write no bundle: the signature goes into the log of --signing-config, and a receipt is kept here.").build());
        spec.addOption(Options.value(RECEIPT, "OUT", "Where the receipt goes (ARTIFACT.rekor.json); - is standard output.").build());
    }

    static boolean isWanted(ParseResult line) {
        return Options.has(line, WANTED);
    }

    /// Refuses, before anything else is looked at, options that don't go together.
    static void check(ParseResult line) throws UsageException {
        if (!isWanted(line)) {
            if (Options.has(line, RECEIPT)) {
                throw new UsageException(RECEIPT + " was given, and a receipt is only written with " + WANTED, "add " + WANTED + ", or leave "
                        + RECEIPT + " out");
            }
            return;
        }
        for (String file : FILES) {
            if (line.commandSpec().findOption(file) != null && Options.has(line, file)) {
                throw new UsageException("with " + WANTED + " nothing but a receipt is written, and " + file + " was given", "leave one of them out");
            }
        }
        if (Options.many(line, "--key").size() > 1 || BatchOptions.file(line).isPresent()) {
            throw new UsageException(WANTED + " is for one signature, and several are to be made", "leave it out, or sign one by one");
        }
        if (!Options.has(line, "--signing-config")) {
            throw new UsageException("the signature is to go into a log, and nothing names one", "add --signing-config FILE");
        }
    }

    /// Refuses it for artifacts whose signatures go beside them.
    static void refuseForReference(ParseResult line) throws UsageException {
        if (isWanted(line)) {
            throw new UsageException("signatures of artifacts in registries lie beside them, and " + WANTED + " writes none",
                    "leave it out, or name the digest to chancery attest");
        }
    }

    /// Refuses a configuration that uses no log: the signature would be nowhere.
    static void requireLog(ParseResult line, EvidenceOptions evidence) throws UsageException {
        ServiceGroup logs = evidence.config().transparencyLogs();
        if (isWanted(line) && (logs.services().isEmpty() || logs.selection() instanceof ServiceGroup.Selection.None)) {
            throw new UsageException("the signature is to go into a log, and the signing configuration uses none",
                    "name a log in rekorTlogUrls, and ANY in rekorTlogConfig");
        }
    }
}
