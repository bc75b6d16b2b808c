package dev.chancery.formats.webauthn;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.cbor.CborReader;
import dev.chancery.formats.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;

/// A credential as the security key that made it describes it (WebAuthn L3 §6.5.2). Nothing is verified: the attestation is evidence for others.
///
/// @param format of the attestation statement, such as `packed`; text from outside
/// @param attestationObject statement and authenticator data together, as WebAuthn hands them on (L3 §6.5.4)
/// @param rpIdHash SHA-256 of the relying party's id
/// @param flags of the authenticator data
/// @param aaguid the security key's model, 16 bytes
/// @param credentialId by which it is asked for
/// @param coseKey its public key
/// @param certificates of the statement, DER; not verified
/// @param authenticatorData as it stands, which is what an attestation is over
/// @param statement the attestation statement
public record Registration(String format, Bytes attestationObject, Bytes rpIdHash, int flags, Bytes aaguid, Bytes credentialId, Cbor.Map coseKey,
        List<Bytes> certificates, Bytes authenticatorData, Cbor.Map statement) {
    private static final int FLAGS = 32;
    private static final int AAGUID = 37;
    private static final int LENGTH = 53;
    private static final int ID = 55;
    private static final int ATTESTED = 0x40;
    private static final int EXTENSIONS = 0x80;
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int BACKUP_ELIGIBLE = 0x08;
    private static final int BACKED_UP = 0x10;
    /// WebAuthn L3 §7.1: "Verify that the credentialId is ≤ 1023 bytes."
    private static final int MAX_ID = 1023;

    public Registration {
        certificates = List.copyOf(certificates);
    }

    /// Reads an attestation object.
    ///
    /// @throws CborException when it isn't one
    public static Registration read(Bytes attestationObject) throws CborException {
        Cbor.Map object = CborReader.readMap(attestationObject);
        if (object.get("attStmt").orElse(null) instanceof Cbor.Map statement) {
            return read(object.text("fmt"), object.bytes("authData"), statement);
        }
        throw new CborException("expected an attestation statement, found none");
    }

    /// Puts one together of what a security key answers (CTAP 2.1 §6.1.2).
    ///
    /// @throws CborException when the data isn't that of a new credential
    public static Registration read(String format, Bytes data, Cbor.Map statement) throws CborException {
        if (data.size() < ID || (data.at(FLAGS) & ATTESTED) == 0) {
            throw new CborException("expected authenticator data with a credential, found " + data.size() + " bytes without one");
        }
        int length = data.at(LENGTH) << 8 | data.at(LENGTH + 1);
        if (length == 0 || length > MAX_ID || ID + length > data.size()) {
            throw new CborException("expected a credential id of 1 to " + MAX_ID + " bytes, found " + length);
        }
        CborReader.Prefix key = CborReader.readFirst(data, ID + length);
        boolean extensions = (data.at(FLAGS) & EXTENSIONS) != 0;
        if (!(key.value() instanceof Cbor.Map coseKey) || extensions == (key.end() == data.size())) {
            throw new CborException("expected a COSE key, and more only for extensions, found something else");
        }
        List<Bytes> certificates = new ArrayList<>();
        if (statement.get("x5c").orElse(null) instanceof Cbor.Array(List<Cbor> elements)) {
            for (Cbor element : elements) {
                if (element instanceof Cbor.ByteString(Bytes der)) {
                    certificates.add(der);
                }
            }
        }
        Cbor.Map object = Cbor.map().put("fmt", new Cbor.Text(format)).put("attStmt", statement).put("authData", new Cbor.ByteString(data)).build();
        return new Registration(format, CborWriter.write(object), data.slice(0, FLAGS), data.at(FLAGS), data.slice(AAGUID, LENGTH),
                data.slice(ID, ID + length), coseKey, certificates, data, statement);
    }

    /// UP: somebody touched it.
    public boolean userPresent() {
        return (flags & USER_PRESENT) != 0;
    }

    /// UV: it was unlocked.
    public boolean userVerified() {
        return (flags & USER_VERIFIED) != 0;
    }

    /// BS: the credential has been copied.
    public boolean backedUp() {
        return (flags & BACKED_UP) != 0;
    }

    /// The AAGUID as a UUID is written.
    public String model() {
        return uuid(aaguid);
    }

    /// An AAGUID as a UUID is written.
    public static String uuid(Bytes aaguid) {
        String hex = aaguid.toHex();
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-" + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    /// BE: the credential may be copied to other devices.
    public boolean backupEligible() {
        return (flags & BACKUP_ELIGIBLE) != 0;
    }
}
