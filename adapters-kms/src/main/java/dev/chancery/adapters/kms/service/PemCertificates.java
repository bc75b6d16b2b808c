package dev.chancery.adapters.kms.service;

import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The certificates that a service hands over as text (RFC 7468 §5). They are not looked into: whoever needs them reads them.
public final class PemCertificates {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    /// More than any chain has, so that an answer can't fill the memory.
    private static final int MOST = 100;

    private PemCertificates() {}

    /// The DER of each certificate, in the text's order.
    ///
    /// @param text the certificates, one after the other; what stands between them is passed over
    /// @param what what the text is, to be shown
    /// @throws ServiceFailure with UNSOUND when one is not ended, or not base64, or there are too many
    public static List<Bytes> of(String text, String what) throws ServiceFailure {
        List<Bytes> found = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int end = text.indexOf(END, begin);
            if (end < 0 || found.size() == MOST) {
                throw unsound(what, null);
            }
            try {
                found.add(Bytes.fromBase64(text.substring(begin + BEGIN.length(), end).replaceAll("\\s+", "")));
            } catch (IllegalArgumentException e) {
                throw unsound(what, e);
            }
            begin = text.indexOf(BEGIN, end);
        }
        return found;
    }

    private static ServiceFailure unsound(String what, @Nullable Throwable cause) {
        return ServiceFailure.of(Fault.UNSOUND, "a certificate of " + what + " cannot be read", cause);
    }
}
