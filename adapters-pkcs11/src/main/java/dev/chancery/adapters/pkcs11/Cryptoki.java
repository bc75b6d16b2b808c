package dev.chancery.adapters.pkcs11;

import java.util.List;
import java.util.Set;

/// What this adapter asks of a module outside any session (PKCS#11 v3.1 §5.4, §5.5), in its own values. Each call blocks as long as the
/// module does. Thread-safe: modules are initialised with CKF_OS_LOCKING_OK.
interface Cryptoki {
    /// C_Initialize. Another user of the module in this process may have been first.
    void initialize() throws CkException;

    /// C_Finalize. Whatever was opened is gone afterwards.
    void finish() throws CkException;

    /// Whether it takes calls. False for good once a process that hosts it has ended or was given up.
    boolean isUsable();

    /// C_GetInfo: what the module says of itself, in a line. Text from outside.
    String describe() throws CkException;

    /// The slots there are, empty ones included.
    List<SlotInfo> slots() throws CkException;

    /// The tokens that are there now, uninitialised ones included.
    List<TokenInfo> tokens() throws CkException;

    /// What the token in a slot says now.
    TokenInfo token(long slot) throws CkException;

    /// The mechanisms of a slot that have a flag.
    Set<Long> mechanisms(long slot, long flag) throws CkException;

    /// C_OpenSession.
    Session open(long slot, boolean writing) throws CkException;
}
