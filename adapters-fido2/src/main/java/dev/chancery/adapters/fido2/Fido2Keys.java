package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.ctap.CtapException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.AssertionKey;
import dev.chancery.ports.key.AssertionKeys;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.TouchPrompt;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the credentials that `fido2:` references name. Of several security keys that are connected the one that has the credential is used; which that is
/// shows without a touch and without a PIN, so that no PIN is ever tried on another one.
final class Fido2Keys implements AssertionKeys {
    private static final int HASH = 32;

    private final ConnectedKeys connected;
    private final TouchPrompt prompt;
    private final SecureRandom random;

    Fido2Keys(ConnectedKeys connected, TouchPrompt prompt, SecureRandom random) {
        this.connected = connected;
        this.prompt = prompt;
        this.random = random;
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return Fido2Uri.isOne(ref);
    }

    @Override
    public AssertionKey open(KeyRef ref, KeyAccess access) throws KeyException {
        Fido2Uri uri = Fido2Uri.parse(ref);
        OfficerKey.Wanted wanted = wanted(uri);
        ConnectedKey key = having(connected.open(uri.device(), access.deadline()), wanted);
        return new OfficerKey(key, wanted, new Unlocking(key, access, prompt, random), prompt);
    }

    private static OfficerKey.Wanted wanted(Fido2Uri uri) throws KeyException {
        if (uri.file().isEmpty()) {
            if (uri.rpId().isEmpty()) {
                throw Fido2Uri.malformed("expected a relying party or a credential's file, found neither");
            }
            return new OfficerKey.Wanted(uri.rpId(), uri.origin().orElse("https://" + uri.rpId()), uri.credential(), uri.verification());
        }
        CredentialFile file = CredentialFile.read(uri.file().get());
        Bytes id = file.registration().credentialId();
        if (!uri.rpId().isEmpty() && !uri.rpId().equals(file.rpId()) || !uri.credential().orElse(id).equals(id)) {
            throw Fido2Uri.malformed("expected the credential of the file, for " + file.rpId() + ", found another one named beside it");
        }
        return new OfficerKey.Wanted(file.rpId(), uri.origin().orElse(file.origin()), Optional.of(id), uri.verification());
    }

    /// The one that has the credential; the others are let go.
    private ConnectedKey having(List<ConnectedKey> keys, OfficerKey.Wanted wanted) throws KeyException {
        List<ConnectedKey> with = new ArrayList<>();
        boolean chosen = false;
        try {
            for (ConnectedKey key : keys) {
                if (has(key, wanted)) {
                    with.add(key);
                }
            }
            if (with.isEmpty()) {
                throw Fido2Failures.other(String.join(", ", keys.stream().map(ConnectedKey::place).toList()), "it was asked without a touch");
            }
            if (with.size() > 1) {
                throw Fido2Failures.several(with.stream().map(ConnectedKey::name).toList());
            }
            chosen = true;
            return with.getFirst();
        } finally {
            for (ConnectedKey key : keys) {
                if (!chosen || !key.equals(with.getFirst())) {
                    key.close();
                }
            }
        }
    }

    private boolean has(ConnectedKey key, OfficerKey.Wanted wanted) throws KeyException {
        byte[] nothing = new byte[HASH];
        random.nextBytes(nothing);
        try {
            return key.ctap().has(wanted.rpId(), Bytes.copyOf(nothing), wanted.credential());
        } catch (CtapException e) {
            throw key.failure(e);
        }
    }
}
