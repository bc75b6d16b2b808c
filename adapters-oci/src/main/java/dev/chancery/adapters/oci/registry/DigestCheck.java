package dev.chancery.adapters.oci.registry;

import dev.chancery.adapters.oci.http.Failures;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/// Passes a blob on while it counts and hashes: more than was promised is refused at once, anything else at the end.
public final class DigestCheck extends OutputStream {
    private final Descriptor promised;
    private final String what;
    private final OutputStream to;
    private final MessageDigest hash;
    private long length;

    /// @param what for messages: which content it is
    public DigestCheck(Descriptor promised, String what, OutputStream to) {
        this.promised = promised;
        this.what = what;
        this.to = to;
        this.hash = promised.digest().algorithm().newMessageDigest();
    }

    /// More came than the descriptor says.
    public static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        private TooMuch() {
            super("more came than was promised");
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int count) throws IOException {
        if (count > promised.size() - length) {
            throw new TooMuch();
        }
        hash.update(buffer, offset, count);
        to.write(buffer, offset, count);
        length += count;
    }

    /// How much has come so far, in bytes.
    public long length() {
        return length;
    }

    /// What is to be said when more came than the descriptor says.
    public RegistryException.Unsound tooMuch() {
        return Failures.mismatch(what, promised.size() + " bytes", "more");
    }

    /// To be called at the end.
    ///
    /// @throws RegistryException.Unsound when the content isn't what the descriptor says
    public void finish() throws RegistryException.Unsound {
        if (length != promised.size()) {
            throw Failures.mismatch(what, promised.size() + " bytes", length + " bytes");
        }
        Digest found = new Digest(promised.digest().algorithm(), Bytes.copyOf(hash.digest()));
        if (!found.equals(promised.digest())) {
            throw Failures.mismatch(what, promised.digest().toString(), found.toString());
        }
    }
}
