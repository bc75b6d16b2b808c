package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A session with a token (PKCS#11 v3.1 §5.6). For one thread at a time.
interface Session {
    /// C_Login: one attempt, never more.
    ///
    /// @param pinOrNull null where the PIN is entered on the token itself
    void login(@Nullable Pin pinOrNull) throws CkException;

    /// C_Logout.
    void logout() throws CkException;

    /// Whether the session is alive, and the user logged in where that matters.
    boolean isAlive(boolean loggedIn);

    /// The handles of the objects that a template matches, in the token's order.
    List<Long> find(Template template) throws CkException;

    /// An attribute's value; nothing when the object doesn't have it or keeps it to itself.
    Optional<Bytes> value(long object, long type) throws CkException;

    /// C_SignInit and C_Sign. [CkException#function()] tells which of them failed.
    Bytes sign(Mechanism how, long key, Bytes data) throws CkException;

    /// C_SignInit, C_Login for this one signature (CKU_CONTEXT_SPECIFIC; PKCS#11 v3.1 §4.9, CKA_ALWAYS_AUTHENTICATE) and C_Sign.
    ///
    /// @param pinOrNull null where the PIN is entered on the token itself
    Bytes signAuthenticated(Mechanism how, long key, @Nullable Pin pinOrNull, Bytes data) throws CkException;

    /// C_GenerateKeyPair.
    ///
    /// @return the handles of its public and its private half
    KeyPairHandles generate(Mechanism how, Template publicHalf, Template privateHalf) throws CkException;

    /// C_SetAttributeValue.
    void set(long object, Template attributes) throws CkException;

    /// C_DestroyObject.
    void destroy(long object) throws CkException;

    /// C_CloseSession.
    void close() throws CkException;

    /// The halves of a new key pair.
    record KeyPairHandles(long publicHalf, long privateHalf) {}

    /// A CK_ULONG attribute.
    default Optional<Long> number(long object, long type) throws CkException {
        return value(object, type).filter(value -> value.size() == Long.BYTES)
                .map(value -> MemorySegment.ofArray(value.toByteArray()).get(JAVA_LONG.withByteAlignment(1), 0));
    }

    /// A CK_BBOOL attribute.
    default Optional<Boolean> flag(long object, long type) throws CkException {
        return value(object, type).filter(value -> value.size() == 1).map(value -> value.at(0) != 0);
    }

    /// Ends it where it doesn't matter any more whether it was there.
    default void closeQuietly() {
        try {
            close();
        } catch (CkException e) {
            // It is gone already.
        }
    }
}
