package dev.chancery.application.keys;

import dev.chancery.application.AuditContext;
import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.audit.AuditEvent.KeyDestruction;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import java.util.List;

/// Generates, lists, describes and destroys keys of every back end. Thread-safe; every call blocks.
public final class KeyKeeper {
    private final KeyBackends backends;
    private final AuditLog audit;
    private final AuditContext context;

    public KeyKeeper(KeyBackends backends, AuditLog audit, AuditContext context) {
        this.backends = backends;
        this.audit = audit;
        this.context = context;
    }

    /// Makes a key and writes that down.
    ///
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when the key can't be made
    /// @throws AuditException when the key was made but that could not be written down; the key stays
    public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access)
            throws KeyRefException, KeyException, AuditException {
        KeyDescription made = backends.backendOf(ref).custodian().generate(ref, generation, access);
        audit.append(new AuditEvent.KeyGenerated(context.now(), context.actor(), idOf(made), made.uri(), generation.spec().cliName()));
        return made;
    }

    /// Makes a new version of a key, which the reference means from now on, and writes that down. Older versions stay.
    ///
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when there is no such key, more than one, or its back end has no versions
    /// @throws AuditException when the key was rotated but that could not be written down; it stays rotated
    public KeyDescription rotate(KeyRef ref, KeyAccess access) throws KeyRefException, KeyException, AuditException {
        KeyCustodian custodian = backends.backendOf(ref).custodian();
        KeyDescription old = custodian.describe(ref, access);
        KeyDescription made = custodian.rotate(ref, access);
        audit.append(new AuditEvent.KeyRotated(context.now(), context.actor(), idOf(made), made.uri(), idOf(old)));
        return made;
    }

    private static String idOf(KeyDescription description) {
        return description.expectedKey().map(expected -> expected.key().id().hex()).orElse("");
    }

    /// The keys a reference matches.
    ///
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when the place can't be read
    public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyRefException, KeyException {
        return backends.backendOf(ref).custodian().list(ref, access);
    }

    /// The one key a reference names.
    ///
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when there is none or more than one
    public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyRefException, KeyException {
        return backends.backendOf(ref).custodian().describe(ref, access);
    }

    /// What the back end says of where the one key that a reference names was made, and whether it could ever leave.
    ///
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when there is no such key, more than one, or the back end says nothing of the kind
    public KeyEvidence evidence(KeyRef ref, KeyAccess access) throws KeyRefException, KeyException {
        return backends.backendOf(ref).custodian().evidence(ref, access);
    }

    /// Destroys a key. The intention is written down before, the end after.
    ///
    /// @param confirmed the full id of the key that is meant
    /// @throws KeyRefException when no back end knows the reference
    /// @throws AuditException when the intention can't be written down, and nothing was done; or the key is gone and that can't be
    /// @throws KeyException when the key isn't the confirmed one, there is no such key, or it can't be destroyed
    public void destroy(KeyRef ref, KeyId confirmed, KeyAccess access) throws KeyRefException, KeyException, AuditException {
        KeyBackend backend = backends.backendOf(ref);
        audit.append(destruction(ref, confirmed, KeyDestruction.Step.INTENDED));
        backend.custodian().destroy(ref, confirmed, access);
        audit.append(destruction(ref, confirmed, KeyDestruction.Step.DONE));
    }

    private KeyDestruction destruction(KeyRef ref, KeyId confirmed, KeyDestruction.Step step) {
        return new KeyDestruction(context.now(), context.actor(), confirmed.hex(), ref.text(), step);
    }
}
