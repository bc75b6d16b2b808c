package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.TimestampToken;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateException.Reason;
import dev.chancery.ports.certificate.TimestampReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what proves when the signature existed: RFC 3161 timestamps over it, and the times that logs have signed. The time of day now
/// is never asked.
final class TimeStep {
    /// A timestamp that may be off by more proves too little about certificates that live for minutes.
    static final Duration MAX_ACCURACY = Duration.ofMinutes(1);

    private final TimestampReader reader;

    TimeStep(TimestampReader reader) {
        this.reader = reader;
    }

    /// The proven times.
    ///
    /// @param ofLogs times that logs have signed
    List<ProvenTime> prove(List<Bytes> timestamps, List<ProvenTime> ofLogs, Bytes signature, TrustedRoot root, int wanted, Findings findings)
            throws Stop {
        Tally tally = new Tally(Step.TIME);
        List<ProvenTime> times = new ArrayList<>();
        for (Bytes timestamp : timestamps) {
            try {
                times.add(prove(timestamp, signature, root));
            } catch (Stop stop) {
                tally.fails(stop);
            }
        }
        times.addAll(ofLogs);
        times.forEach(time -> tally.holds(time.giver(), time.time() + " by " + time.source()));
        tally.settle(wanted, Stop.rejected(Step.TIME, ErrorCode.TIME_MISSING, "expected proof of when the signature was made, by "
                + wanted + " (timestamp authorities or Rekor v1 logs), found " + (times.isEmpty() ? "none" : "fewer")), findings);
        return times;
    }

    private ProvenTime prove(Bytes timestamp, Bytes signature, TrustedRoot root) throws Stop {
        TimestampToken token;
        try {
            token = reader.read(timestamp);
        } catch (CertificateException e) {
            throw Stop.rejected(Step.TIME, ErrorCode.TIMESTAMP_MALFORMED, e.why());
        }
        Digest expected = token.imprint().algorithm().digest(signature);
        if (!expected.equals(token.imprint())) {
            throw Stop.rejected(Step.TIME, ErrorCode.TIMESTAMP_IMPRINT_MISMATCH, "expected a timestamp over the signature, "
                    + expected + ", found one over " + token.imprint());
        }
        if (token.accuracy().compareTo(MAX_ACCURACY) > 0) {
            throw Stop.rejected(Step.TIME, ErrorCode.TIMESTAMP_INACCURATE, "expected an accuracy of at most " + MAX_ACCURACY.toSeconds()
                    + " s, found " + token.accuracy().toSeconds() + " s");
        }
        return verified(token, root);
    }

    private ProvenTime verified(TimestampToken token, TrustedRoot root) throws Stop {
        CertificateException weightiest = null;
        for (CertificateAuthority authority : root.timestampAuthorities()) {
            if (authority.validFor().contains(token.time())) {
                try {
                    reader.verify(token, authority);
                    return new ProvenTime(token.time(), giver(authority), "the timestamp authority " + name(authority));
                } catch (CertificateException e) {
                    weightiest = weightiest == null || e.reason().compareTo(weightiest.reason()) > 0 ? e : weightiest;
                }
            }
        }
        throw untrusted(token, weightiest);
    }

    private static Stop untrusted(TimestampToken token, @Nullable CertificateException weightiest) {
        if (weightiest == null) {
            return Stop.rejected(Step.TIME, ErrorCode.TIMESTAMP_UNTRUSTED, "expected a timestamp by an authority that the trusted root has for "
                    + token.time() + ", which has none");
        }
        if (weightiest.reason() == Reason.UNSUPPORTED) {
            return Stop.unknown(Step.TIME, ErrorCode.EVIDENCE_UNSUPPORTED, weightiest.why());
        }
        return Stop.rejected(Step.TIME, weightiest.reason() == Reason.NO_PATH ? ErrorCode.TIMESTAMP_UNTRUSTED : ErrorCode.TIMESTAMP_INVALID,
                weightiest.why());
    }

    private static String giver(CertificateAuthority authority) {
        return authority.operator().isEmpty() ? "authority " + authority.anchor().toHex() : "operator " + authority.operator();
    }

    private static String name(CertificateAuthority authority) {
        return authority.uri().isEmpty() ? authority.organization() + " " + authority.commonName() : authority.uri();
    }
}
