package dev.chancery.adapters.fulcio;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.SignedNote.NoteSignature;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.note.CheckpointCodec;
import dev.chancery.formats.note.SignedNoteCodec;
import dev.chancery.formats.rekor.LogEntryBodyCodec;
import dev.chancery.ports.sigstore.LogQuery;
import dev.chancery.ports.sigstore.LogReader;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Rekor v2 log, read from its checkpoint and tiles alone (rekor-tiles; C2SP tlog-tiles).
final class RekorV2Reader implements LogReader {
    private final ServiceHttp http;
    private final URI base;
    private final String name;

    /// @param url below which `checkpoint` and `tile` are
    RekorV2Reader(ServiceHttp http, String url) throws ServiceException {
        this.http = http;
        this.name = "the log " + url;
        this.base = Urls.of(url, name);
    }

    @Override
    public String checkpoint(Duration budget) throws ServiceException {
        Answer answer = http.ask(Ask.get(name, Urls.below(base, "checkpoint"), "text/plain", SignedNoteCodec.MAX_LENGTH), budget, BeforeRepeat.NOTHING);
        if (!answer.isSuccess()) {
            throw notFound("HTTP status " + answer.status() + " for its checkpoint");
        }
        return answer.body().utf8().orElse("");
    }

    /// An entry that the log says it has; it is waited for until a checkpoint covers it. Its log is the one of some that the checkpoint's key
    /// ids are the beginning of (C2SP signed-note).
    TransparencyLogEntry entry(long index, List<Bytes> logIds, Duration budget) throws ServiceException {
        long end = System.nanoTime() + budget.toNanos();
        String note = http.untilShown(left -> {
            String newest = checkpoint(left);
            return index < size(newest) ? Optional.of(newest) : Optional.empty();
        }, budget).orElseThrow(() -> notFound("its checkpoint doesn't cover entry " + index + " yet"));
        try {
            List<NoteSignature> lines = SignedNoteCodec.read(note).signatures();
            Bytes logId = logIds.stream().filter(id -> lines.stream().anyMatch(line -> id.startsWith(line.keyId()))).findFirst()
                    .orElseThrow(() -> notFound("its checkpoint is by none of the trusted logs"));
            return entry(index, logId, note, Duration.ofNanos(end - System.nanoTime()));
        } catch (FormatException e) {
            throw unsound(e);
        }
    }

    @Override
    public TransparencyLogEntry entry(long index, Bytes logId, Duration budget) throws ServiceException {
        return entry(index, logId, checkpoint(budget), budget);
    }

    private TransparencyLogEntry entry(long index, Bytes logId, String note, Duration budget) throws ServiceException {
        long size = size(note);
        if (index >= size) {
            throw notFound("it has " + size + " entries, from 0");
        }
        TileTree tree = new TileTree(http, base, name, size, budget);
        List<Bytes> bodies = tree.entries(index / TileTree.WIDTH);
        int at = (int) (index % TileTree.WIDTH);
        if (at >= bodies.size()) {
            throw notFound("its tile of entries ends before it");
        }
        return new TransparencyLogEntry(index, logId, LogEntryBodyCodec.HASHED_REKORD_V2, null, null,
                new InclusionProof(index, tree.root(), size, tree.inclusion(index), note), bodies.get(at));
    }

    @Override
    public List<Bytes> range(long size, Duration budget) throws ServiceException {
        return new TileTree(http, base, name, size, budget).range();
    }

    @Override
    public List<Bytes> bodies(long from, long to, long treeSize, Duration budget) throws ServiceException {
        TileTree tree = new TileTree(http, base, name, treeSize, budget);
        List<Bytes> bodies = new ArrayList<>();
        for (long tile = from / TileTree.WIDTH; tile * TileTree.WIDTH < to; tile++) {
            List<Bytes> entries = tree.entries(tile);
            for (int i = 0; i < entries.size(); i++) {
                long index = tile * TileTree.WIDTH + i;
                if (index >= from && index < to) {
                    bodies.add(entries.get(i));
                }
            }
        }
        if (bodies.size() != to - from) {
            throw notFound("expected " + (to - from) + " entries from " + from + " on, found " + bodies.size());
        }
        return bodies;
    }

    @Override
    public List<Bytes> consistency(long firstSize, long secondSize, Duration budget) throws ServiceException {
        return new TileTree(http, base, name, secondSize, budget).consistency(firstSize);
    }

    @Override
    public List<TransparencyLogEntry> search(LogQuery query, Duration budget) throws ServiceException {
        throw new ServiceException.Refused(new Problem(ErrorCode.LOG_REFUSED, name + " was not searched",
                "a Rekor v2 log has no index", "read the log with chancery log monitor, or search a Rekor v1 log"));
    }

    private long size(String note) throws ServiceException {
        try {
            return CheckpointCodec.read(SignedNoteCodec.read(note)).treeSize();
        } catch (FormatException e) {
            throw unsound(e);
        }
    }

    private ServiceException unsound(FormatException e) {
        return new ServiceException.Unsound(new Problem(ErrorCode.EVIDENCE_SERVICE_UNSOUND, name + " gave an answer that can't be used",
                e.problem().why(), "check the log's address"), e);
    }

    private ServiceException.NotFound notFound(String why) {
        return new ServiceException.NotFound(new Problem(ErrorCode.LOG_ENTRY_NOT_FOUND, name + " does not show it", why,
                "check the index and the log's address; an entry that is new shows after a moment"));
    }
}
