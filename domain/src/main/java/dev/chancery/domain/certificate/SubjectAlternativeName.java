package dev.chancery.domain.certificate;

/// Whom a certificate is for (RFC 5280 §4.2.1.6).
///
/// @param value as text
public record SubjectAlternativeName(Kind kind, String value) {
    /// The kinds of names that are read.
    public enum Kind {
        EMAIL("email"),
        URI("URI"),
        DNS("DNS name"),
        /// Fulcio's user name, an otherName of type 1.3.6.1.4.1.57264.1.7 (fulcio, docs/oid-info.md).
        USER_NAME("user name"),
        /// Any other kind; the value is then the hexadecimal DER of the name.
        OTHER("name of another kind");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /// How it is shown.
        public String label() {
            return label;
        }
    }

    /// `email alice@example.com`.
    @Override
    public String toString() {
        return kind.label() + " " + value;
    }
}
