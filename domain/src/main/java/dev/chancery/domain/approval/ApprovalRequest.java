package dev.chancery.domain.approval;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What officers are asked to sign. It was parsed once: what is shown of it is what is signed.
///
/// @param id SHA-256 of the request's RFC 8785 form, so that it stands for everything below
/// @param requester who asks, as the request claims
/// @param payload the very bytes that are signed
/// @param statement the payload, read
/// @param sizes of the artifacts in bytes, by the hexadecimal SHA-256 of their subject, as the requester read them
/// @param policy which policy is to be met
/// @param nonce [#NONCE_LENGTH] random bytes: two requests for the same thing are two requests
/// @param created when it was made, as the request claims
/// @param expires until when it may be approved; says nothing about how long a signature is good
public record ApprovalRequest(Digest id, String requester, DssePayload payload, Statement statement, Map<String, Long> sizes, PolicyName policy, Bytes nonce,
        Instant created, Instant expires) {
    /// Of the written form.
    public static final String MEDIA_TYPE = "application/vnd.chancery.signing-request.v1+json";

    /// Type of the statement by which a requester signs a request.
    public static final String STATEMENT_TYPE = "https://chancery.dev/signing-request/v1";

    /// The longest request that is read, in bytes.
    public static final int MAX_LENGTH = 32 * 1024 * 1024;

    /// The length of a nonce in bytes.
    public static final int NONCE_LENGTH = 16;

    /// The longest time that a request may be open.
    public static final Duration MAX_LIFE = Duration.ofDays(90);

    /// How far apart the clocks of requester and officers may be.
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /// The longest name of a requester or of a policy, in characters.
    public static final int MAX_NAME = 256;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CODE_LENGTH = 16;
    private static final int GROUP = 4;

    /// @throws IllegalArgumentException when a name is blank or too long, the nonce has another length, it ends before it begins, or is open too long
    public ApprovalRequest {
        sizes = Collections.unmodifiableMap(new TreeMap<>(sizes));
        if (requester.isBlank() || requester.length() > MAX_NAME || nonce.size() != NONCE_LENGTH) {
            throw new IllegalArgumentException("a request has a requester of at most " + MAX_NAME + " characters and a nonce of " + NONCE_LENGTH + " bytes");
        }
        if (!created.isBefore(expires) || Duration.between(created, expires).compareTo(MAX_LIFE) > 0) {
            throw new IllegalArgumentException("a request is open for some time, and at most " + MAX_LIFE);
        }
    }

    /// A policy by its name and content.
    ///
    /// @param name its file's name, for people
    /// @param digest SHA-256 of the file
    public record PolicyName(String name, Digest digest) {
        /// @throws IllegalArgumentException when the name is blank or too long
        public PolicyName {
            if (name.isBlank() || name.length() > MAX_NAME) {
                throw new IllegalArgumentException("a policy has a name of at most " + MAX_NAME + " characters");
            }
        }
    }

    /// SHA-256 of the payload.
    public Digest payloadDigest() {
        return HashAlgorithm.SHA_256.digest(payload.content());
    }

    /// The size of a subject's artifact, as the requester read it.
    ///
    /// @param sha256 in hexadecimal
    public Optional<Long> size(String sha256) {
        return Optional.ofNullable(sizes.get(sha256));
    }

    /// A code to compare aloud: the first 80 bits of the id in Crockford's base 32, in four groups. As many bits as that, since whoever can choose a
    /// request can try many until a short code fits.
    public String code() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CODE_LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            int bit = i * 5;
            int two = id.value().at(bit / 8) << 8 | id.value().at(bit / 8 + 1);
            code.append(ALPHABET.charAt(two >> 11 - bit % 8 & 31));
        }
        return code.toString();
    }

    /// Whether what somebody typed is the code: case, dashes and spaces mean nothing, and O, I and L are taken for the digits that they look like.
    public boolean hasCode(String typed) {
        StringBuilder plain = new StringBuilder();
        typed.codePoints().filter(c -> c != '-' && c != ' ').map(Character::toUpperCase).map(c -> c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c)
                .forEach(plain::appendCodePoint);
        return code().replace("-", "").contentEquals(plain);
    }
}
