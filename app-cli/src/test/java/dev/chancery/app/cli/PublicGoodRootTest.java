package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SignatureVerifiers;
import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.fulcio.tuf.PublicGoodRoot;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.trust.TufMirror;
import dev.chancery.ports.trust.TufStore;
import dev.chancery.verification.tuf.TufClient;
import dev.chancery.verification.tuf.TufException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The root that is built in is the public Sigstore's, as its keys have signed it.
class PublicGoodRootTest {
    /// Of the file in sigstore-python 4.5.1, by sha256sum.
    private static final String DIGEST = "73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8";
    /// Before it expires.
    private static final Instant THEN = Instant.parse("2026-10-01T00:00:00Z");

    private static TufException update(Bytes root) {
        TufMirror empty = new TufMirror() {
            @Override
            public String name() {
                return "a mirror without files";
            }

            @Override
            public Optional<Bytes> fetch(String path, int limit) {
                return Optional.empty();
            }
        };
        TufStore store = new TufStore() {
            @Override
            public Optional<Kept> load() {
                return Optional.empty();
            }

            @Override
            public void save(Kept kept) {
                throw new IllegalStateException("nothing was pulled");
            }
        };
        TufClient client = new TufClient(new SpkiPublicKeyDecoder(), SignatureVerifiers.forOne().verifier());
        return assertThrows(TufException.class, () -> client.update(empty, store, Optional.of(root), List.of(), THEN));
    }

    @Test
    void itIsTheFileThatOthersShip() {
        assertEquals(DIGEST, HashAlgorithm.SHA_256.digest(PublicGoodRoot.read()).value().toHex());
    }

    @Test
    void itsOwnKeysHaveSignedIt() {
        TufException next = update(PublicGoodRoot.read());
        assertEquals(ErrorCode.TRUST_FILE_WRONG, next.problem().code());
        assertTrue((next.problem().what() + next.problem().why()).contains("timestamp.json"), next.toString());
    }

    @Test
    void changedItIsRefused() {
        String changed = PublicGoodRoot.read().utf8().orElseThrow().replace("2026-11-20", "2036-11-20");
        assertEquals(ErrorCode.TRUST_METADATA_UNSIGNED, update(Bytes.ofUtf8(changed)).problem().code());
    }
}
