package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.ports.key.KeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of several tokens, as far as they show without a PIN: by their public key objects. One PIN is never tried on several tokens, so
/// that listing locks none.
final class VisibleKeys {
    private VisibleKeys() {}

    /// Token by token, in the module's order.
    static List<KeyDescription> of(List<Tokens.Place> places, Pkcs11KeyRef ref, PublicHalves halves, Duration deadline) throws KeyException {
        List<KeyDescription> found = new ArrayList<>();
        for (Tokens.Place place : places) {
            found.addAll(Tokens.run("token " + place.token().label(), deadline,
                    () -> place.module().use(() -> in(place, ref, halves))));
        }
        return found;
    }

    private static List<KeyDescription> in(Tokens.Place place, Pkcs11KeyRef ref, PublicHalves halves) throws CkException {
        Session session = place.module().cryptoki().open(place.token().slot(), false);
        try {
            Template template = new Template().with(Ck.CKA_CLASS, Ck.CKO_PUBLIC_KEY);
            ref.object().ifPresent(label -> template.with(Ck.CKA_LABEL, Bytes.ofUtf8(label)));
            ref.id().ifPresent(id -> template.with(Ck.CKA_ID, id));
            List<KeyDescription> keys = new ArrayList<>();
            for (long object : session.find(template)) {
                String label = session.value(object, Ck.CKA_LABEL).flatMap(Bytes::utf8).orElse("");
                Bytes id = session.value(object, Ck.CKA_ID).orElse(Bytes.empty());
                @Nullable ExpectedKey key = halves.ofPublicObject(session, object)
                        .map(known -> new ExpectedKey(known, ExpectedKey.Source.PUBLIC_OBJECT)).orElse(null);
                keys.add(new KeyDescription(TokenUri.of(place.module(), place.token(), label, id), label, key,
                        List.of(new Fact("token", place.token().label()), new Fact("serial", place.token().serial()),
                                new Fact("slot", Long.toString(place.token().slot())), new Fact("id", id.toHex()),
                                new Fact("seen", "the public half, without a PIN; name the token to see all of its keys"))));
            }
            return keys;
        } finally {
            session.closeQuietly();
        }
    }
}
