package dev.chancery.app.cli.command;

import dev.chancery.app.cli.doctor.MachineExamination;
import dev.chancery.app.cli.io.Output;
import dev.chancery.app.cli.options.KeyOptions;
import dev.chancery.app.cli.options.Options;
import dev.chancery.app.cli.options.UsageException;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.Finding;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.ports.key.KeyException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.inject.Inject;
import javax.inject.Named;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `chancery doctor`: what keeps signing from working, or may, and what to do about each.
public final class DoctorCommand implements Command {
    private final MachineExamination machine;
    private final KeyBackends backends;
    private final KeyOptions keyOptions;
    private final Function<String, @Nullable String> environment;
    private final Clock clock;

    @Inject
    DoctorCommand(MachineExamination machine, KeyBackends backends, KeyOptions keyOptions,
            @Named("environment") Function<String, @Nullable String> environment, Clock clock) {
        this.machine = machine;
        this.backends = backends;
        this.keyOptions = keyOptions;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command("doctor",
                "Looks at Java, the clock, the audit log, and a token's module, slots, PIN state, sessions and mechanisms, or at security keys. Logs in nowhere, changes nothing.",
                "  chancery doctor 'pkcs11:?module-path=/usr/lib/softhsm/libsofthsm2.so'",
                "  chancery doctor fido2:",
                "  chancery doctor --output json");
        spec.addPositional(Options.parameter("KEY", "0..1",
                "A pkcs11: URI that names a module, a token or a key; else the module of CHANCERY_PKCS11_MODULE. fido2: for the security keys that are connected."));
        KeyOptions.addDeadline(spec);
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult line, Output output) throws ProblemException {
        List<Finding> findings = new ArrayList<>(machine.findings());
        List<String> given = Options.parameters(line);
        if (given.size() > 1) {
            throw new UsageException("one key is looked at, and " + given.size() + " were named", "name one");
        }
        if (!given.isEmpty() || environment.apply("CHANCERY_PKCS11_MODULE") != null) {
            findings.addAll(devices(KeyRef.parse(given.isEmpty() ? "pkcs11:" : given.getFirst()), line));
        }
        findings.forEach(finding -> show(finding, output));
        output.document(document(findings));
        return findings.stream().filter(finding -> finding.grade() == Finding.Grade.FAULT).findFirst().flatMap(Finding::code)
                .map(ErrorCode::exitStatus).orElse(ExitStatus.DONE);
    }

    private List<Finding> devices(KeyRef ref, ParseResult line) throws ProblemException {
        try {
            List<Finding> found = backends.backendOf(ref).examine(ref, keyOptions.deadline(line), clock.instant());
            return found.isEmpty() ? List.of(Finding.note(ref.text(), "there is no device behind this kind of key to look at", "see chancery key show")) : found;
        } catch (KeyException e) {
            return List.of(Finding.fault("device", e.problem()));
        }
    }

    private static void show(Finding finding, Output output) {
        String mark = switch (finding.grade()) {
            case GOOD -> "good     ";
            case NOTE -> "note     ";
            case WARNING -> "WARNING  ";
            case FAULT -> "FAULT    ";
        };
        output.line(mark + finding.subject() + ": " + finding.code().map(code -> code.code() + ": ").orElse("") + finding.found());
        if (!finding.remedy().isEmpty()) {
            output.line("     do: " + finding.remedy());
        }
    }

    private static JsonValue document(List<Finding> findings) {
        Finding.Grade worst = findings.stream().map(Finding::grade).max(Finding.Grade::compareTo).orElse(Finding.Grade.GOOD);
        return JsonText.object()
                .put("worst", word(worst))
                .put("findings", JsonText.array(findings.stream().<JsonValue>map(finding -> {
                    var document = JsonText.object().put("grade", word(finding.grade())).put("subject", finding.subject()).put("found", finding.found());
                    finding.code().ifPresent(code -> document.put("code", code.code()));
                    return document.put("remedy", finding.remedy()).build();
                }).toList()))
                .build();
    }

    private static String word(Finding.Grade grade) {
        return grade.name().toLowerCase(Locale.ROOT);
    }
}
