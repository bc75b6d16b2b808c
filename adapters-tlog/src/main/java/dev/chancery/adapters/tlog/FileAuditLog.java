package dev.chancery.adapters.tlog;

import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.audit.AuditReceipt;
import dev.chancery.ports.audit.AuditReport;
import dev.chancery.ports.audit.AuditVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The audit log as a file; see the package's description for its format. The file is made on the first append.
///
/// Callers that append at the same time share one flush: the first to come writes for all who wait (group commit).
public final class FileAuditLog implements AuditLog {
    private final Path file;
    private final GroupCommit<Pending> groups = new GroupCommit<>(this::write);
    private LockedLogFile.@Nullable Tail lastTail;

    private FileAuditLog(Path file) {
        this.file = file;
    }

    /// The log in a file. Touches nothing.
    public static FileAuditLog at(Path file) {
        return new FileAuditLog(file.toAbsolutePath());
    }

    /// One caller's event, and what came of it.
    private static final class Pending {
        final Bytes event;
        @Nullable AuditReceipt receipt;
        AuditException.@Nullable NotDurable failure;

        Pending(Bytes event) {
            this.event = event;
        }
    }

    @Override
    public AuditReceipt append(AuditEvent event) throws AuditException {
        Pending mine = new Pending(AuditEventCodec.write(event));
        groups.commit(mine);
        if (mine.failure != null) {
            throw mine.failure;
        }
        return java.util.Objects.requireNonNull(mine.receipt, "nothing was written");
    }

    private void write(List<Pending> batch) {
        List<AuditReceipt> receipts = new ArrayList<>(batch.size());
        AuditException.NotDurable failure = null;
        try (LockedLogFile log = LockedLogFile.open(file)) {
            LockedLogFile.Tail tail = log.tailAfter(lastTail);
            Chain chain = tail.chain();
            List<Bytes> lines = new ArrayList<>(batch.size());
            for (Pending pending : batch) {
                chain = chain.then(pending.event);
                lines.add(chain.line(pending.event));
                receipts.add(new AuditReceipt(chain.entries() - 1, chain.hash()));
            }
            Bytes block = Bytes.concat(lines);
            LockedLogFile.Tail after = new LockedLogFile.Tail(tail.end() + block.size(), chain);
            lastTail = null;
            log.append(tail, block, after);
            lastTail = after;
        } catch (IOException e) {
            failure = new AuditException.NotDurable(new Problem(ErrorCode.AUDIT_UNWRITABLE, "nothing was handed out",
                    "the audit log " + file + " cannot be written: " + reason(e),
                    "check the file, its folder and the space left, or name another log with CHANCERY_AUDIT_LOG"), e);
        } catch (LockedLogFile.BrokenException e) {
            failure = new AuditException.NotDurable(new Problem(ErrorCode.AUDIT_UNWRITABLE, "nothing was handed out",
                    "the audit log " + file + " was altered: " + e.getMessage(),
                    "keep the file as evidence, find out who changed it, and start a new log with CHANCERY_AUDIT_LOG"), e);
        }
        for (int i = 0; i < batch.size(); i++) {
            if (failure == null) {
                batch.get(i).receipt = receipts.get(i);
            } else {
                batch.get(i).failure = failure;
            }
        }
    }

    @Override
    public AuditReport verify(AuditVisitor visitor) throws AuditException {
        Chain chain = Chain.START;
        try (InputStream in = Files.newInputStream(file)) {
            LineReader reader = new LineReader(in);
            for (Optional<Bytes> text = reader.next(); text.isPresent(); text = reader.next()) {
                Optional<LogLine> line = LogLine.parse(text.get());
                Chain next = line.isEmpty() ? chain : chain.then(line.get().event());
                if (line.isEmpty() || !next.isOf(line.get())) {
                    return new AuditReport(chain.entries(), chain.hash(), 0,
                            "line " + (chain.entries() + 1) + " does not follow from the line before it");
                }
                visitor.visit(chain.entries(), AuditEventCodec.read(line.get().event()));
                chain = next;
            }
            return new AuditReport(chain.entries(), chain.hash(), reader.restLength(), null);
        } catch (FormatException e) {
            return new AuditReport(chain.entries(), chain.hash(), 0,
                    "line " + (chain.entries() + 1) + " is no event: " + e.problem().why());
        } catch (NoSuchFileException e) {
            throw new AuditException.Absent(new Problem(ErrorCode.AUDIT_UNREADABLE, "the audit log " + file + " cannot be read",
                    "there is no such file: nothing was signed with this log yet", "check the path (CHANCERY_AUDIT_LOG)"), e);
        } catch (IOException e) {
            throw unreadable(reason(e), e);
        }
    }

    private AuditException.Unreadable unreadable(String why, IOException e) {
        return new AuditException.Unreadable(new Problem(ErrorCode.AUDIT_UNREADABLE, "the audit log " + file + " cannot be read", why,
                "check the path (CHANCERY_AUDIT_LOG) and the permissions"), e);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    @Override
    public void close() {
        // Nothing is kept open between appends.
    }
}
