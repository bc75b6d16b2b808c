package dev.chancery.adapters.fulcio;

import dev.chancery.adapters.fulcio.http.Answer;
import dev.chancery.adapters.fulcio.http.Ask;
import dev.chancery.adapters.fulcio.http.BeforeRepeat;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.adapters.fulcio.http.Urls;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.log.CompactRange;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.MerkleTree;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.sigstore.LogQuery;
import dev.chancery.ports.sigstore.LogReader;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A Rekor v1 log by its API (rekor, openapi.yaml). Where a log is several trees, its newest is looked at.
final class RekorV1Reader implements LogReader {
    /// The most that its API gives at once.
    private static final int AT_ONCE = 10;
    private static final int MAX_ANSWER = 32 << 20;
    /// The most entries that a search shows.
    private static final int MOST_FOUND = 100;

    private final ServiceHttp http;
    private final URI base;
    private final String name;

    RekorV1Reader(ServiceHttp http, String url) throws ServiceException {
        this.http = http;
        this.name = "the log " + url;
        this.base = Urls.of(url, name);
    }

    @Override
    public String checkpoint(Duration budget) throws ServiceException {
        try {
            return JsonFields.of(StrictJson.parse(get("api/v1/log", budget), MAX_ANSWER), "").requiredText("signedTreeHead");
        } catch (FormatException e) {
            throw unsound(e);
        }
    }

    @Override
    public TransparencyLogEntry entry(long index, Bytes logId, Duration budget) throws ServiceException {
        try {
            List<TransparencyLogEntry> entries = RekorV1Entries.read(get("api/v1/log/entries?logIndex=" + index, budget), MAX_ANSWER);
            if (entries.size() == 1) {
                return entries.getFirst();
            }
            throw notFound("expected one entry of index " + index + ", found " + entries.size());
        } catch (FormatException e) {
            throw unsound(e);
        }
    }

    /// The path of the last leaf is made of these hashes, when it is the last one still.
    @Override
    public List<Bytes> range(long size, Duration budget) throws ServiceException {
        if (size == 0) {
            return List.of();
        }
        TransparencyLogEntry last = entry(offset(budget) + size - 1, Bytes.empty(), budget);
        InclusionProof proof = last.inclusionProof().orElseThrow(() -> notFound("expected a proof with the entry, found none"));
        if (proof.treeSize() != size || proof.logIndex() != size - 1) {
            throw notFound("it grew meanwhile, from " + size + " entries to " + proof.treeSize());
        }
        return CompactRange.of(size - 1, proof.hashes().reversed()).append(MerkleTree.leafHash(last.canonicalizedBody())).hashes();
    }

    /// How many entries are in the log's older trees: indexes count on from them.
    private long offset(Duration budget) throws ServiceException {
        try {
            long offset = 0;
            for (JsonFields shard : JsonFields.of(StrictJson.parse(get("api/v1/log", budget), MAX_ANSWER), "").objects("inactiveShards", 1000)) {
                offset += shard.int64("treeSize");
            }
            return offset;
        } catch (FormatException e) {
            throw unsound(e);
        }
    }

    @Override
    public List<Bytes> bodies(long first, long afterLast, long treeSize, Duration budget) throws ServiceException {
        long end = System.nanoTime() + budget.toNanos();
        long offset = offset(budget);
        long from = offset + first;
        long to = offset + afterLast;
        List<Bytes> bodies = new ArrayList<>();
        for (long at = from; at < to; at += AT_ONCE) {
            List<JsonValue> indexes = new ArrayList<>();
            for (long index = at; index < Math.min(to, at + AT_ONCE); index++) {
                indexes.add(JsonValue.JsonNumber.of(index));
            }
            List<TransparencyLogEntry> entries = new ArrayList<>(retrieve(JsonText.object().put("logIndexes", JsonText.array(indexes)).build(),
                    Duration.ofNanos(end - System.nanoTime())));
            entries.sort(java.util.Comparator.comparingLong(TransparencyLogEntry::logIndex));
            for (int i = 0; i < indexes.size(); i++) {
                if (i >= entries.size() || entries.get(i).logIndex() != at + i) {
                    throw notFound("expected the entry of index " + (at + i) + ", found another or none");
                }
                bodies.add(entries.get(i).canonicalizedBody());
            }
        }
        return bodies;
    }

    @Override
    public List<Bytes> consistency(long firstSize, long secondSize, Duration budget) throws ServiceException {
        if (firstSize == 0 || firstSize == secondSize) {
            return List.of();
        }
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(get("api/v1/log/proof?firstSize=" + firstSize + "&lastSize=" + secondSize, budget),
                    MAX_ANSWER), "");
            return RekorV1Entries.hashes(fields);
        } catch (FormatException e) {
            throw unsound(e);
        }
    }

    @Override
    public List<TransparencyLogEntry> search(LogQuery query, Duration budget) throws ServiceException {
        JsonValue asked = switch (query) {
            case LogQuery.OfDigest(var digest) -> JsonText.object().put("hash", digest.toString()).build();
            case LogQuery.OfEmail(String address) -> JsonText.object().put("email", address).build();
            case LogQuery.OfKey(var key) -> JsonText.object().put("publicKey", JsonText.object()
                    .put("format", "x509").put("content", Bytes.ofUtf8(key.pem()).toBase64()).build()).build();
        };
        long end = System.nanoTime() + budget.toNanos();
        JsonValue found;
        try {
            found = StrictJson.parse(post("api/v1/index/retrieve", asked, budget), MAX_ANSWER);
        } catch (FormatException e) {
            throw unsound(e);
        }
        if (!(found instanceof JsonValue.JsonArray uuids)) {
            throw notFound("expected a list of entries, found " + found.kind());
        }
        List<TransparencyLogEntry> entries = new ArrayList<>();
        List<JsonValue> all = uuids.elements().stream().distinct().limit(MOST_FOUND).toList();
        for (int at = 0; at < all.size(); at += AT_ONCE) {
            entries.addAll(retrieve(JsonText.object().put("entryUUIDs", JsonText.array(all.subList(at, Math.min(all.size(), at + AT_ONCE)))).build(),
                    Duration.ofNanos(end - System.nanoTime())));
        }
        return entries;
    }

    private List<TransparencyLogEntry> retrieve(JsonValue query, Duration budget) throws ServiceException {
        try {
            JsonValue found = StrictJson.parse(post("api/v1/log/entries/retrieve", query, budget), MAX_ANSWER);
            List<TransparencyLogEntry> entries = new ArrayList<>();
            if (found instanceof JsonValue.JsonArray array) {
                for (JsonValue element : array.elements()) {
                    entries.addAll(RekorV1Entries.read(element));
                }
            }
            return entries;
        } catch (FormatException e) {
            throw unsound(e);
        }
    }

    private Bytes get(String path, Duration budget) throws ServiceException {
        return body(http.ask(Ask.get(name, Urls.below(base, path), "application/json", MAX_ANSWER), budget, BeforeRepeat.NOTHING));
    }

    private Bytes post(String path, JsonValue body, Duration budget) throws ServiceException {
        return body(http.ask(Ask.post(name, Urls.below(base, path), "application/json", "application/json", JsonText.compact(body), MAX_ANSWER), budget,
                BeforeRepeat.NOTHING));
    }

    private Bytes body(Answer answer) throws ServiceException {
        if (answer.status() == 404) {
            throw notFound("HTTP status 404");
        }
        if (!answer.isSuccess()) {
            throw new ServiceException.Refused(new Problem(ErrorCode.LOG_REFUSED, name + " refused", Answers.words(answer), "see docs/errors/CHY-L020.md"));
        }
        return answer.body();
    }

    private ServiceException unsound(FormatException e) {
        return Answers.unsound(name, e);
    }

    private ServiceException.NotFound notFound(String why) {
        return new ServiceException.NotFound(new Problem(ErrorCode.LOG_ENTRY_NOT_FOUND, name + " does not show it", why,
                "check the index and the log's address; an entry that is new shows after a moment"));
    }
}
