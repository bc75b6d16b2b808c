package dev.chancery.domain.certificate;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a revocation list or an OCSP response says about one certificate. That its issuer, or a responder whom the issuer has authorised, has
/// signed it is known; whether it is from the right time is another question.
///
/// @param source who says it and where, for people
/// @param thisUpdate when it was true
/// @param nextUpdateOrNull by when there is newer information; null when nothing is said
/// @param keepsExpired whether it speaks of certificates that have ended too, as of the one that it is about: lists may leave those out (RFC 5280 §3.3)
public record RevocationStatement(String source, Instant thisUpdate, @Nullable Instant nextUpdateOrNull, boolean keepsExpired, Status status) {
    /// By when there is newer information.
    public Optional<Instant> nextUpdate() {
        return Optional.ofNullable(nextUpdateOrNull);
    }

    /// What is said.
    public sealed interface Status {
        /// It was not revoked.
        record Good() implements Status {}

        /// It was.
        ///
        /// @param time since when
        /// @param invalidityDateOrNull since when it must not be relied on, perhaps before anyone knew (RFC 5280 §5.3.2); null when nothing is said
        record Revoked(Instant time, RevocationReason reason, @Nullable Instant invalidityDateOrNull) implements Status {
            /// Since when it must not be relied on.
            public Optional<Instant> invalidityDate() {
                return Optional.ofNullable(invalidityDateOrNull);
            }

            /// Until when, without that instant, signatures are good. Of a compromise nobody knows when it began unless the authority says so.
            public Optional<Instant> goodUntil() {
                if (reason.isCompromise()) {
                    return invalidityDate();
                }
                return invalidityDateOrNull != null && invalidityDateOrNull.isBefore(time) ? invalidityDate() : Optional.of(time);
            }
        }

        /// The responder doesn't know the certificate (RFC 6960 §2.2).
        record Unknown() implements Status {}
    }
}
