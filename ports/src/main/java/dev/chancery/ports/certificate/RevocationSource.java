package dev.chancery.ports.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationFacts;
import java.util.List;

/// Where revocation lists and OCSP responses come from. Nothing that it gives is verified. Thread-safe.
public interface RevocationSource {
    /// Has none.
    RevocationSource NONE = new RevocationSource() {
        @Override
        public Found known(RevocationFacts facts) {
            return Found.NOTHING;
        }

        @Override
        public Found fetched(RevocationFacts facts) {
            return Found.NOTHING;
        }
    };

    /// What is at hand. Opens no socket.
    Found known(RevocationFacts facts);

    /// What those give whom a certificate names; nothing where no socket may be opened. Blocks. Their URLs come from a certificate that a trusted
    /// authority has issued. That somebody doesn't answer is no exception, but said in [Found#failures()].
    Found fetched(RevocationFacts facts);

    /// What was found.
    ///
    /// @param lists revocation lists, in DER
    /// @param responses OCSP responses, in DER
    /// @param failures a line for each place that gave nothing
    record Found(List<Bytes> lists, List<Bytes> responses, List<String> failures) {
        /// Nothing, and nobody was asked.
        public static final Found NOTHING = new Found(List.of(), List.of(), List.of());

        public Found {
            lists = List.copyOf(lists);
            responses = List.copyOf(responses);
            failures = List.copyOf(failures);
        }
    }
}
