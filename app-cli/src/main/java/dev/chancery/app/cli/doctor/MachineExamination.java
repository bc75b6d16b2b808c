package dev.chancery.app.cli.doctor;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Finding;
import dev.chancery.domain.secret.SecretVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.inject.Inject;
import javax.inject.Named;
import org.jspecify.annotations.Nullable;

/// Looks at the machine: Java, the clock, the audit log, secrets in the environment, memory dumps. Changes nothing.
public final class MachineExamination {
    private static final int JAVA = 25;
    private static final long LITTLE_MEMORY = 64L << 20;
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);
    /// This program did not exist before.
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Path LIMITS = Path.of("/proc/self/limits");

    private final Function<String, @Nullable String> environment;
    private final Clock clock;
    private final Path audit;

    @Inject
    MachineExamination(@Named("environment") Function<String, @Nullable String> environment, Clock clock, @Named("audit") Path audit) {
        this.environment = environment;
        this.clock = clock;
        this.audit = audit;
    }

    /// What was found, in the order to show it.
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        java(findings);
        clock(findings);
        audit(findings);
        secrets(findings);
        dumps(findings);
        return findings;
    }

    private static void java(List<Finding> findings) {
        Runtime.Version version = Runtime.version();
        String told = version + " (" + System.getProperty("java.vendor") + "), " + System.getProperty("os.name") + " " + System.getProperty("os.arch");
        findings.add(version.feature() == JAVA ? Finding.good("java", told)
                : Finding.warning(ErrorCode.JAVA_UNSUITED, "java", told + "; the program was tested with " + JAVA, "name a Java " + JAVA + " with CHANCERY_JAVA_HOME"));
        if (!MachineExamination.class.getModule().isNativeAccessEnabled()) {
            findings.add(Finding.warning(ErrorCode.JAVA_UNSUITED, "java", "native access is not enabled, which PKCS#11 modules need",
                    "start the program with its own bin/chancery, or with --enable-native-access=ALL-UNNAMED"));
        }
        long memory = Runtime.getRuntime().maxMemory();
        findings.add(memory >= LITTLE_MEMORY ? Finding.good("memory", (memory >> 20) + " MiB at most")
                : Finding.warning(ErrorCode.JAVA_UNSUITED, "memory", (memory >> 20) + " MiB at most; keys that sign whole messages need up to 64", "raise -Xmx in CHANCERY_JAVA_OPTS"));
    }

    private void clock(List<Finding> findings) {
        Instant now = clock.instant();
        if (now.isBefore(EARLIEST)) {
            findings.add(Finding.fault(ErrorCode.CLOCK_WRONG, "clock", "it says " + now + ", which is before this program was made", "set it"));
            return;
        }
        try {
            Instant written = Files.getLastModifiedTime(audit).toInstant();
            if (written.isAfter(now.plus(CLOCK_TOLERANCE))) {
                findings.add(Finding.warning(ErrorCode.CLOCK_WRONG, "clock", "it says " + now + ", and the audit log was written at " + written,
                        "find out which time is right, and set the clock"));
                return;
            }
        } catch (IOException e) {
            // Nothing to compare with.
        }
        findings.add(Finding.good("clock", now.toString()));
    }

    private void audit(List<Finding> findings) {
        Path file = audit.toAbsolutePath();
        Path folder = file;
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        boolean writable = Files.exists(file) ? Files.isRegularFile(file) && Files.isWritable(file) : folder != null && Files.isWritable(folder);
        if (!writable) {
            findings.add(Finding.fault(ErrorCode.AUDIT_LOG_NOT_READY, "audit log", file + " cannot be written, so nothing would be signed",
                    "give this user the right, or name another file with CHANCERY_AUDIT_LOG"));
            return;
        }
        if (!Files.exists(file)) {
            findings.add(Finding.good("audit log", file + " will be made with the first signature"));
            return;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            boolean others = permissions.contains(PosixFilePermission.OTHERS_WRITE) || permissions.contains(PosixFilePermission.GROUP_WRITE);
            findings.add(others ? Finding.warning(ErrorCode.OTHERS_MAY_WRITE, "audit log", "others can write to " + file, "run chmod go-w on it; see chancery audit verify")
                    : Finding.good("audit log", file.toString()));
        } catch (IOException | UnsupportedOperationException e) {
            findings.add(Finding.note("audit log", "its permissions cannot be looked at: " + e.getMessage(), ""));
        }
    }

    private void secrets(List<Finding> findings) {
        List<String> set = SecretVariables.PINS.stream().filter(name -> environment.apply(name) != null).toList();
        findings.add(set.isEmpty() ? Finding.good("environment", "no PIN and no passphrase stands in it")
                : Finding.warning(ErrorCode.SECRET_IN_ENVIRONMENT, "environment", String.join(", ", set) + " is set, which other processes of this user can read",
                        "use pin-source=FILE in the key's URI, or --passphrase-file"));
    }

    /// A PIN is in memory for a moment: a dump made then would keep it.
    private static void dumps(List<Finding> findings) {
        try {
            for (String line : Files.readAllLines(LIMITS)) {
                if (line.startsWith("Max core file size") && !line.replaceAll("\\s+", " ").startsWith("Max core file size 0 ")) {
                    findings.add(Finding.note("memory dumps", "a crash may write the process's memory to disk, PINs with it", "run ulimit -c 0 first"));
                }
            }
        } catch (IOException e) {
            // No such file on this system, and so nothing to tell.
        }
    }
}
