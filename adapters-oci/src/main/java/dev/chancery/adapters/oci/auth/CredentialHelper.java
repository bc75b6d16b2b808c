package dev.chancery.adapters.oci.auth;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.SecretVariables;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// Runs `docker-credential-NAME get` (docker/docker-credential-helpers): the registry's name on its input, `{"Username", "Secret"}` on
/// its output. Nothing secret is ever in its arguments, and what it prints goes into no message.
final class CredentialHelper {
    /// How long a helper may take: some ask the user.
    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final int MAX_LENGTH = 1024 * 1024;
    private static final String NOTHING_FOUND = "credentials not found";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Duration deadline;

    CredentialHelper(Duration deadline) {
        this.deadline = deadline;
    }

    /// Asks a helper.
    ///
    /// @return nothing when it knows the registry not
    /// @throws RegistryException.Unusable when it can't be run, fails or takes too long
    Optional<Credential> get(String name, String registry) throws RegistryException.Unusable {
        if (!NAME.matcher(name).matches()) {
            throw CredentialFiles.unusable("no credential helper was run", "a helper's name has letters, digits and . _ - in it", null);
        }
        String program = "docker-credential-" + name;
        try {
            ProcessBuilder builder = new ProcessBuilder(program, "get").redirectError(ProcessBuilder.Redirect.DISCARD);
            SecretVariables.withholdOwn(builder.environment());
            Process process = builder.start();
            try {
                return answer(process, program, registry);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw CredentialFiles.unusable("the credential helper " + program + " did not answer", String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Credential> answer(Process process, String program, String registry) throws IOException, RegistryException.Unusable {
        Callable<Optional<Bytes>> reading = () -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(registry.getBytes(StandardCharsets.UTF_8));
            }
            try (InputStream out = process.getInputStream()) {
                return Bytes.readUpTo(out, MAX_LENGTH);
            }
        };
        FutureTask<Optional<Bytes>> read = new FutureTask<>(reading);
        Thread.ofVirtual().start(read);
        try {
            Optional<Bytes> said = read.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            Bytes output = said.orElseThrow(() -> CredentialFiles.unusable("the credential helper " + program + " did not answer",
                    "it printed more than " + MAX_LENGTH + " bytes", null));
            if (process.exitValue() != 0) {
                if (output.utf8().orElse("").contains(NOTHING_FOUND)) {
                    return Optional.empty();
                }
                throw CredentialFiles.unusable("the credential helper " + program + " did not answer", "it ended with status "
                        + process.exitValue(), null);
            }
            return Optional.of(credential(output));
        } catch (TimeoutException e) {
            throw CredentialFiles.unusable("the credential helper " + program + " did not answer", "it took longer than "
                    + deadline.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (FormatException e) {
            throw CredentialFiles.unusable("the credential helper " + program + " did not answer",
                    "expected an object with Username and Secret, found something else", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Credential credential(Bytes output) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(output, MAX_LENGTH), "");
        String user = fields.requiredText("Username");
        String secret = fields.requiredText("Secret");
        return user.equals("<token>") ? new Credential.IdentityToken(secret) : new Credential.Password(user, secret);
    }
}
