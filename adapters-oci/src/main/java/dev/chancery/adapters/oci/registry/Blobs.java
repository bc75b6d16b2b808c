package dev.chancery.adapters.oci.registry;

import dev.chancery.adapters.oci.http.Answer;
import dev.chancery.adapters.oci.http.Call;
import dev.chancery.adapters.oci.http.Failures;
import dev.chancery.adapters.oci.http.RegistryHttp;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// Reads the blobs of one repository (distribution spec, *Pulling blobs*).
final class Blobs {
    private static final int MOST_RESUMES = 4;

    private final RegistryHttp http;
    private final String repository;

    Blobs(RegistryHttp http, String repository) {
        this.http = http;
        this.repository = repository;
    }

    private String path(Descriptor blob) {
        return "/v2/" + repository + "/blobs/" + blob.digest();
    }

    boolean has(Descriptor blob) throws RegistryException {
        Call call = new Call("HEAD", http.at(path(blob)), Scopes.pull(repository), Map.of(), null, true);
        try (Answer answer = http.call(call, repository)) {
            return switch (answer.status()) {
                case 200 -> true;
                case 404 -> false;
                default -> throw Failures.status(call, answer);
            };
        }
    }

    /// Reads a blob, and goes on where it ended when the connection does.
    void read(Descriptor blob, OutputStream to) throws RegistryException {
        DigestCheck check = new DigestCheck(blob, "the blob " + blob.digest() + " of " + repository, to);
        for (int resumes = 0;; resumes++) {
            long before = check.length();
            try {
                part(blob, check);
                check.finish();
                return;
            } catch (RegistryException.Unreachable e) {
                if (resumes == MOST_RESUMES || check.length() == before) {
                    throw e;
                }
            }
        }
    }

    private void part(Descriptor blob, DigestCheck check) throws RegistryException {
        long from = check.length();
        Call call = Call.get(http.at(path(blob)), Scopes.pull(repository), from == 0 ? Map.of() : Map.of("Range", "bytes=" + from + "-"));
        try (Answer answer = http.call(call, repository)) {
            if (answer.status() == 404) {
                throw Failures.status(call, answer);
            }
            if (answer.status() != (from == 0 ? 200 : 206)) {
                throw from == 0 ? Failures.status(call, answer)
                        : Failures.broken(call, new IOException("the connection ended after " + from + " bytes, and the registry does not go on there"));
            }
            copy(answer, check, call);
        }
    }

    private static void copy(Answer answer, DigestCheck check, Call call) throws RegistryException {
        byte[] buffer = new byte[64 * 1024];
        while (true) {
            int read;
            try {
                read = answer.body().read(buffer, 0, buffer.length);
            } catch (IOException e) {
                throw Failures.broken(call, e);
            }
            if (read < 0) {
                return;
            }
            try {
                check.write(buffer, 0, read);
            } catch (DigestCheck.TooMuch e) {
                throw check.tooMuch();
            } catch (IOException e) {
                throw new RegistryException.Failed(new Problem(ErrorCode.OUTPUT_UNWRITABLE, "a blob was not written", String.valueOf(e.getMessage()),
                        "check the folder, its permissions and the space left"), e);
            }
        }
    }
}
