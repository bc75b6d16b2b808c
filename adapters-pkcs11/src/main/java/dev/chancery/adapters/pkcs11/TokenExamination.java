package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Finding;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Says how a token stands, by what it tells anybody who asks: flags, PIN, sessions, mechanisms, clock.
final class TokenExamination {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);
    private static final int FEW_SESSIONS = 2;

    /// The first 14 of CK_TOKEN_INFO's utcTime (PKCS#11 v3.1 §3.3).
    private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", java.util.Locale.ROOT);

    private final TokenInfo token;
    private final String subject;
    private final List<Finding> findings = new ArrayList<>();

    private TokenExamination(TokenInfo token) {
        this.token = token;
        this.subject = "token " + (token.label().isEmpty() ? "in slot " + token.slot() : token.label());
    }

    /// @param signing the mechanisms that sign
    /// @param making the mechanisms that make key pairs
    static List<Finding> of(TokenInfo token, Set<Long> signing, Set<Long> making, Instant now) {
        TokenExamination examination = new TokenExamination(token);
        examination.identity();
        if (token.has(Ck.CKF_TOKEN_INITIALIZED)) {
            examination.pin();
            examination.sessions();
            examination.mechanisms(signing, making);
            examination.clock(now);
        }
        return examination.findings;
    }

    private void identity() {
        if (!token.has(Ck.CKF_TOKEN_INITIALIZED)) {
            findings.add(Finding.note(subject, "it was never initialised", "to use it, initialise it with its own tool, such as pkcs11-tool --init-token"));
            return;
        }
        findings.add(Finding.good(subject, "slot " + token.slot() + ", serial " + token.serial() + ", " + token.manufacturer() + " " + token.model()
                + ", hardware " + token.hardwareVersion() + ", firmware " + token.firmwareVersion()));
        if (token.has(Ck.CKF_ERROR_STATE)) {
            findings.add(Finding.fault(ErrorCode.TOKEN_IN_ERROR, subject, "it says that a self-test failed and it does nothing more (CKF_ERROR_STATE)",
                    "take it out of use; see its maker's documentation"));
        }
        if (token.has(Ck.CKF_WRITE_PROTECTED)) {
            findings.add(Finding.note(subject, "it is write-protected: no keys can be made or destroyed on it", ""));
        }
    }

    private void pin() {
        String pin = "PIN of " + subject;
        if (!token.has(Ck.CKF_LOGIN_REQUIRED)) {
            findings.add(Finding.note(pin, "the token wants no login: whoever reaches it can sign", "set a PIN if that is not meant"));
        } else if (token.has(Ck.CKF_USER_PIN_LOCKED)) {
            findings.add(Finding.fault(ErrorCode.PIN_LOCKED, pin, "it is locked", "ask the token's security officer to set a new PIN"));
        } else if (!token.has(Ck.CKF_USER_PIN_INITIALIZED)) {
            findings.add(Finding.fault(ErrorCode.TOKEN_NOT_READY, pin, "the token has no user PIN yet", "set it with the token's own tool, such as pkcs11-tool --init-pin"));
        } else if (token.has(Ck.CKF_USER_PIN_FINAL_TRY)) {
            findings.add(Finding.warning(ErrorCode.PIN_FINAL_TRY, pin, "one more wrong PIN locks it", "make sure of the PIN, then use it with --confirm-final-try"));
        } else if (token.has(Ck.CKF_USER_PIN_COUNT_LOW)) {
            findings.add(Finding.warning(ErrorCode.PIN_TRIES_LOW, pin, "a wrong PIN was given since the last right one, and few tries are left",
                    "make sure of the PIN; the next right one sets the count back"));
        } else {
            findings.add(Finding.good(pin, token.has(Ck.CKF_PROTECTED_AUTHENTICATION_PATH) ? "set; it is entered on the token itself"
                    : "set" + TokenProfile.of(token).warning().map(warning -> "; " + warning).orElse("")));
        }
        if (token.has(Ck.CKF_USER_PIN_TO_BE_CHANGED)) {
            findings.add(Finding.warning(ErrorCode.TOKEN_NOT_READY, pin, "it is the one the token was delivered with, or it has expired",
                    "change it with the token's own tool"));
        }
        if (token.has(Ck.CKF_SO_PIN_LOCKED)) {
            findings.add(Finding.note(pin, "the security officer's PIN is locked: nobody can unlock the user's", "plan for another token"));
        }
    }

    private void sessions() {
        String sessions = "sessions of " + subject;
        if (token.maxSessions() == 0) {
            findings.add(Finding.good(sessions, "no limit is told"));
            return;
        }
        long free = token.sessions() < 0 ? token.maxSessions() : token.maxSessions() - token.sessions();
        String told = token.sessions() < 0 ? token.maxSessions() + " at most" : token.sessions() + " of " + token.maxSessions() + " are open";
        findings.add(free >= FEW_SESSIONS ? Finding.good(sessions, told) : Finding.warning(ErrorCode.SESSIONS_SCARCE, sessions, told,
                "end other programs that use the token; with one session left, signatures are made one after the other"));
    }

    private void mechanisms(Set<Long> signing, Set<Long> making) {
        String mechanisms = "mechanisms of " + subject;
        String able = Arrays.stream(SignatureAlgorithm.values())
                .filter(algorithm -> Mechanism.of(algorithm).filter(mechanism -> signing.contains(mechanism.type())).isPresent())
                .map(SignatureAlgorithm::cliName).collect(Collectors.joining(", "));
        String makes = TokenKeyMaker.possible(making).stream().map(KeySpec::cliName).sorted().collect(Collectors.joining(", "));
        findings.add(able.isEmpty()
                ? Finding.fault(ErrorCode.NO_SIGNING_MECHANISM, mechanisms, "none signs in a way that is used here", "use another token: CKM_ECDSA is what every verifier takes")
                : Finding.good(mechanisms, "signs with " + able + ", where it has such keys; makes " + (makes.isEmpty() ? "no keys" : makes)));
    }

    private void clock(Instant now) {
        if (!token.has(Ck.CKF_CLOCK_ON_TOKEN)) {
            return;
        }
        String clock = "clock of " + subject;
        try {
            Instant told = LocalDateTime.parse(token.utcTime().substring(0, Math.min(14, token.utcTime().length())), UTC_TIME).toInstant(ZoneOffset.UTC);
            Duration difference = Duration.between(now, told);
            findings.add(difference.abs().compareTo(CLOCK_TOLERANCE) <= 0 ? Finding.good(clock, "agrees with this machine's")
                    : Finding.warning(ErrorCode.CLOCK_WRONG, clock, "it says " + told + ", and this machine says " + now, "find out which is right, and set the other"));
        } catch (DateTimeException e) {
            findings.add(Finding.note(clock, "the token says that it has one, and tells no time", ""));
        }
    }
}
