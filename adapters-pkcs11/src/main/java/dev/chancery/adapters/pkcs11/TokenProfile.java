package dev.chancery.adapters.pkcs11;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What is known of a kind of token beyond what it says of itself: the one place for such knowledge. docs/known-issues.md tells it to users.
///
/// @param manufacturer how CK_TOKEN_INFO's manufacturerID begins
/// @param model how its model begins; empty for any
/// @param wrongPinsUntilLocked after how many wrong PINs it locks; 0 for never, negative where it isn't known
/// @param lanes how many calls it is given at the same time at most: more only wait inside it, and hold sessions that others lack
record TokenProfile(String manufacturer, String model, int wrongPinsUntilLocked, int lanes) {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    /// The first that fits counts.
    private static final List<TokenProfile> KNOWN = List.of(
            new TokenProfile("SoftHSM project", "", 0, UNLIMITED),
            new TokenProfile("Kryoptic Project", "", 10, UNLIMITED),
            new TokenProfile("Mozilla Foundation", "NSS", 0, UNLIMITED),
            new TokenProfile("IBM Corp.", "IBM SoftTok", 3, UNLIMITED), // openCryptoki's soft token; counted by hand
            new TokenProfile("piv_II", "PKCS#15", 3, 1)); // PIV cards through OpenSC (its card-piv.c): a card does one thing at a time

    private static final TokenProfile UNKNOWN = new TokenProfile("", "", -1, UNLIMITED);

    /// What is known of a token.
    static TokenProfile of(TokenInfo token) {
        return KNOWN.stream().filter(known -> token.manufacturer().startsWith(known.manufacturer()) && token.model().startsWith(known.model()))
                .findFirst().orElse(UNKNOWN);
    }

    /// Whether a module can make keys as they are made here, which its list of mechanisms doesn't tell. tpm2-pkcs11 stands over TPMs of any maker, and
    /// refuses CKA_VERIFY in a public half.
    ///
    /// @param module what it says of itself ([Cryptoki#describe()])
    static boolean makesKeys(String module) {
        return !module.contains("TPM2.0 Cryptoki");
    }

    /// How many of the wanted lanes it gets: no more than its sessions allow either, of which one holds the login.
    int lanes(TokenInfo token, int wanted) {
        int allowed = Math.min(wanted, lanes);
        return token.maxSessions() == 0 ? allowed : Math.clamp(token.maxSessions() - 1, 1, allowed);
    }

    /// After how many wrong PINs it locks, where that is known.
    private OptionalInt locksAfter() {
        return wrongPinsUntilLocked > 0 ? OptionalInt.of(wrongPinsUntilLocked) : OptionalInt.empty();
    }

    /// What to tell whoever gave a wrong PIN; nothing where it isn't known.
    Optional<String> warning() {
        return locksAfter().stream().mapToObj(count -> "tokens of this kind lock after " + count + " wrong PINs").findFirst();
    }
}
