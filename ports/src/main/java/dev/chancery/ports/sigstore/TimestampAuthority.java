package dev.chancery.ports.sigstore;

import dev.chancery.domain.bytes.Bytes;
import java.time.Duration;

/// An RFC 3161 timestamp authority. Thread-safe.
public interface TimestampAuthority {
    /// Has a request answered. Blocks for at most the budget, retries included: asking twice does no harm.
    ///
    /// @param request a `TimeStampReq` in DER (§2.4.1)
    /// @return a `TimeStampResp` in DER, unread: it may be a refusal
    /// @throws ServiceException when there is none
    Bytes timestamp(Bytes request, Duration budget) throws ServiceException;
}
