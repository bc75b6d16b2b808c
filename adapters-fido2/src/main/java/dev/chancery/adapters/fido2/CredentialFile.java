package dev.chancery.adapters.fido2;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.webauthn.Registration;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// What is kept of a credential: for whom it was made, and what the security key returned. Nothing in it is secret; without it a credential that the
/// security key doesn't remember is lost.
///
/// @param rpId the relying party
/// @param origin what client data says
/// @param name the user's
/// @param registration as the security key returned it
/// @param clientDataJson over which the attestation is
record CredentialFile(String rpId, String origin, String name, Registration registration, Bytes clientDataJson) {
    private static final String MEDIA_TYPE = "application/vnd.chancery.fido2-credential.v1+json";
    private static final int MAX_LENGTH = 256 * 1024;

    /// Reads one.
    ///
    /// @throws KeyException when it can't be read, or isn't one
    static CredentialFile read(String path) throws KeyException {
        Bytes content;
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            content = Bytes.readUpTo(in, MAX_LENGTH).orElseThrow(() -> invalid(path, "expected at most " + MAX_LENGTH + " bytes, found more", null));
        } catch (IOException e) {
            throw invalid(path, "it cannot be read: " + e, e);
        }
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(content, MAX_LENGTH), "");
            String mediaType = fields.requiredText("mediaType");
            if (!mediaType.equals(MEDIA_TYPE)) {
                throw invalid(path, "expected " + MEDIA_TYPE + ", found " + mediaType, null);
            }
            CredentialFile file = new CredentialFile(fields.requiredText("rpId"), fields.requiredText("origin"), fields.requiredText("name"),
                    Registration.read(fields.requiredBytes("attestationObject")), fields.requiredBytes("clientDataJSON"));
            fields.end();
            if (!file.registration.rpIdHash().equals(hash(file.rpId))) {
                throw invalid(path, "expected a credential for " + file.rpId + ", found one for another relying party", null);
            }
            return file;
        } catch (FormatException e) {
            throw invalid(path, e.problem().code().code() + ": " + e.problem().why(), e);
        } catch (CborException e) {
            throw invalid(path, String.valueOf(e.getMessage()), e);
        }
    }

    /// Refuses a place that is taken, before a security key is asked for anything.
    ///
    /// @throws KeyException when something is there
    static void refuseExisting(String path) throws KeyException {
        if (Files.exists(Path.of(path))) {
            throw exists(path);
        }
    }

    /// Writes it, never over anything.
    ///
    /// @throws KeyException when it can't be
    void write(String path) throws KeyException {
        Bytes json = JsonText.pretty(JsonText.object().put("mediaType", MEDIA_TYPE).put("rpId", rpId).put("origin", origin).put("name", name)
                .put("attestationObject", registration.attestationObject().toBase64()).put("clientDataJSON", clientDataJson.toBase64()).build());
        try {
            Files.write(Path.of(path), json.toByteArray(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        } catch (FileAlreadyExistsException _) {
            throw exists(path);
        } catch (IOException e) {
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.OUTPUT_UNWRITABLE, "the new credential was not kept", "the file " + path + " cannot be written: " + e,
                    "make a new credential with another file=PATH"), e);
        }
    }

    static Bytes hash(String rpId) {
        return HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(rpId)).value();
    }

    private static KeyException exists(String path) {
        return new KeyException.Exists(new Problem(ErrorCode.KEY_EXISTS, "no credential was made", "the file " + path + " exists", "choose another file=PATH"));
    }

    private static KeyException invalid(String path, String why, @Nullable Throwable cause) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.KEY_FILE_INVALID, "the credential's file " + path + " cannot be used", why,
                "give the file that chancery key generate fido2:… wrote"), cause);
    }
}
