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
import dev.chancery.domain.log.MerkleTree;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A log's tree in tiles (C2SP tlog-tiles): pieces of eight levels, up to 256 hashes wide, from which proofs are put together here. For one
/// tree size and one thread.
final class TileTree {
    static final int WIDTH = 256;

    private static final int LEVELS = 8;
    private static final int MAX_ENTRIES = 64 << 20;
    private static final int LENGTH = InclusionProof.HASH_LENGTH;

    private final ServiceHttp http;
    private final URI base;
    private final String name;
    private final long size;
    private final long end;
    private final Map<String, Bytes> tiles = new HashMap<>();

    TileTree(ServiceHttp http, URI base, String name, long size, Duration budget) {
        this.http = http;
        this.base = base;
        this.name = name;
        this.size = size;
        this.end = System.nanoTime() + budget.toNanos();
    }

    /// The bodies of the entries of one tile of them.
    List<Bytes> entries(long tile) throws ServiceException {
        Bytes bundle = fetch("tile/entries/" + number(tile) + partial(0, tile), MAX_ENTRIES);
        List<Bytes> entries = new ArrayList<>();
        for (int at = 0; at < bundle.size(); ) {
            int length = at + 2 <= bundle.size() ? bundle.at(at) << 8 | bundle.at(at + 1) : -1;
            if (length < 0 || at + 2 + length > bundle.size() || entries.size() == WIDTH) {
                throw unsound("expected entries with their lengths before them, found something else in tile " + tile);
            }
            entries.add(bundle.slice(at + 2, at + 2 + length));
            at += 2 + length;
        }
        return entries;
    }

    /// The inclusion path of a leaf (RFC 9162 §2.1.3.1).
    List<Bytes> inclusion(long index) throws ServiceException {
        List<Bytes> path = new ArrayList<>();
        inclusion(index, 0, size, path);
        return path;
    }

    private void inclusion(long index, long from, long to, List<Bytes> path) throws ServiceException {
        if (to - from == 1) {
            return;
        }
        long split = from + Long.highestOneBit(to - from - 1);
        if (index < split) {
            inclusion(index, from, split, path);
            path.add(hash(split, to));
        } else {
            inclusion(index, split, to, path);
            path.add(hash(from, split));
        }
    }

    /// The proof that this tree has grown from a smaller one (RFC 9162 §2.1.4.1).
    List<Bytes> consistency(long first) throws ServiceException {
        List<Bytes> proof = new ArrayList<>();
        if (first > 0 && first < size) {
            consistency(first, 0, size, true, proof);
        }
        return proof;
    }

    private void consistency(long first, long from, long to, boolean whole, List<Bytes> proof) throws ServiceException {
        if (first == to - from) {
            if (!whole) {
                proof.add(hash(from, to));
            }
            return;
        }
        long split = Long.highestOneBit(to - from - 1);
        if (first <= split) {
            consistency(first, from, from + split, whole, proof);
            proof.add(hash(from + split, to));
        } else {
            consistency(first - split, from + split, to, false, proof);
            proof.add(hash(from, from + split));
        }
    }

    /// The hashes of the largest whole subtrees, from the left.
    List<Bytes> range() throws ServiceException {
        List<Bytes> range = new ArrayList<>();
        long from = 0;
        for (long width = Long.highestOneBit(size); width > 0; width >>>= 1) {
            if ((size & width) != 0) {
                range.add(hash(from, from + width));
                from += width;
            }
        }
        return range;
    }

    /// The root.
    Bytes root() throws ServiceException {
        return size == 0 ? MerkleTree.root(List.of()) : hash(0, size);
    }

    /// The hash over some leaves, which begin at a multiple of the largest power of two below their number.
    private Bytes hash(long from, long to) throws ServiceException {
        long width = to - from;
        if (Long.bitCount(width) == 1 && from % width == 0) {
            return node(Long.numberOfTrailingZeros(width), from / width);
        }
        long split = from + Long.highestOneBit(width - 1);
        return MerkleTree.nodeHash(hash(from, split), hash(split, to));
    }

    /// A node whose leaves are all there.
    private Bytes node(int level, long index) throws ServiceException {
        int tileLevel = level / LEVELS;
        int within = level % LEVELS;
        long firstHash = index << within;
        long tile = firstHash / WIDTH;
        Bytes hashes = tile(tileLevel, tile);
        int at = (int) (firstHash % WIDTH);
        int count = 1 << within;
        if ((at + count) * LENGTH > hashes.size()) {
            throw unsound("expected " + (at + count) + " hashes in tile " + tileLevel + "/" + tile + ", found " + hashes.size() / LENGTH);
        }
        List<Bytes> leaves = new ArrayList<>(count);
        for (int i = at; i < at + count; i++) {
            leaves.add(hashes.slice(i * LENGTH, (i + 1) * LENGTH));
        }
        return MerkleTree.root(leaves);
    }

    private Bytes tile(int level, long tile) throws ServiceException {
        String path = "tile/" + level + "/" + number(tile) + partial(level, tile);
        Bytes known = tiles.get(path);
        if (known == null) {
            known = fetch(path, WIDTH * LENGTH);
            tiles.put(path, known);
        }
        return known;
    }

    /// `.p/W` for the last tile of a level when it isn't full.
    private String partial(int level, long tile) {
        long hashes = size >>> (LEVELS * level);
        long width = Math.min(WIDTH, hashes - tile * WIDTH);
        return width == WIDTH ? "" : ".p/" + width;
    }

    /// Groups of three digits, all but the last with an `x` before them.
    static String number(long tile) {
        String last = String.format("%03d", tile % 1000);
        StringBuilder path = new StringBuilder(last);
        for (long rest = tile / 1000; rest > 0; rest /= 1000) {
            path.insert(0, String.format("x%03d/", rest % 1000));
        }
        return path.toString();
    }

    private Bytes fetch(String path, int limit) throws ServiceException {
        Answer answer = http.ask(Ask.get(name, Urls.below(base, path), "application/octet-stream", limit),
                Duration.ofNanos(end - System.nanoTime()), BeforeRepeat.NOTHING);
        if (!answer.isSuccess()) {
            throw new ServiceException.NotFound(new Problem(ErrorCode.LOG_ENTRY_NOT_FOUND, name + " does not show it",
                    "HTTP status " + answer.status() + " for " + path, "check the log's address; an entry that is new shows after a moment"));
        }
        return answer.body();
    }

    private ServiceException unsound(String why) {
        return new ServiceException.Unsound(new Problem(ErrorCode.EVIDENCE_SERVICE_UNSOUND, name + " gave an answer that can't be used", why,
                "check the log's address"), null);
    }
}
