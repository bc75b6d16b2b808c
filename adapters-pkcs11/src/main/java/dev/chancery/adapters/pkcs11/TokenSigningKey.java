package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A private key in a token. Its handle is found again after each login, since handles end with the login they were found in.
final class TokenSigningKey implements SigningKey {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final TokenConnection connection;
    private final PinDesk desk;
    private final TokenKey key;
    private final KeyDescription description;
    private final Set<SignatureAlgorithm> algorithms;
    private final ReentrantReadWriteLock signing = new ReentrantReadWriteLock();
    private volatile @Nullable Located located;
    private volatile boolean closed;

    /// Takes over the connection, which it gives back when it is closed.
    TokenSigningKey(TokenConnection connection, PinDesk desk, TokenKey key, Set<SignatureAlgorithm> algorithms) {
        this.connection = connection;
        this.desk = desk;
        this.key = key;
        this.description = key.description();
        this.algorithms = Set.copyOf(algorithms);
    }

    /// Where the key is within a login.
    private record Located(LoginEpoch epoch, long handle) {}

    @Override
    public KeyDescription description() {
        return description;
    }

    @Override
    public Optional<ExpectedKey> expectedKey() {
        return description.expectedKey();
    }

    @Override
    public List<Bytes> certificates(Duration deadline) throws KeyException {
        try {
            return connection.run(desk, deadline, (session, epoch) -> TokenEvidence.certificates(session, key.id()));
        } catch (CkException e) {
            throw TokenErrors.of("the token " + connection.label(), e);
        }
    }

    @Override
    public Set<SignatureAlgorithm> algorithms() {
        return algorithms;
    }

    @Override
    public Signature sign(SigningRequest request, Duration deadline) throws KeyException {
        SignatureAlgorithm algorithm = request.algorithm();
        signing.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the key was closed");
            }
            Mechanism mechanism = algorithms.contains(algorithm) ? Mechanism.of(algorithm).orElseThrow() : null;
            if (mechanism == null) {
                throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED,
                        "nothing was signed with " + description.uri(),
                        "this key in this token does not sign with " + algorithm.cliName(),
                        "see chancery key show for what it can do"), null);
            }
            Bytes input = Mechanism.input(algorithm, request.input());
            Bytes returned = key.alwaysAuthenticates()
                    ? signAuthenticated(mechanism, input, deadline)
                    : connection.run(desk, deadline, (session, epoch) -> sign(session, epoch, mechanism, input));
            return new Signature(algorithm, Mechanism.output(algorithm, returned));
        } catch (CkException e) {
            String place = "the key " + description.uri();
            throw request.input() instanceof SigningInput.Message message
                    ? TokenErrors.ofMessage(place, message.content().size(), e)
                    : TokenErrors.of(place, e);
        } catch (IllegalArgumentException e) {
            throw new KeyException.DeviceFailed(new Problem(ErrorCode.SIGNATURE_WRONG, "the signature by " + description.uri() + " was thrown away",
                    String.valueOf(e.getMessage()), "treat the token as faulty"), e);
        } finally {
            signing.readLock().unlock();
        }
    }

    private Bytes sign(Session session, LoginEpoch epoch, Mechanism mechanism, Bytes input) throws CkException, KeyException {
        try {
            return session.sign(mechanism, handle(session, epoch), input);
        } catch (CkException e) {
            throw unlessSigned(e);
        }
    }

    /// For a key that wants the PIN for each signature (PKCS#11 v3.1 §4.9, CKA_ALWAYS_AUTHENTICATE). It is asked for before a session is
    /// taken, so that nobody waits for a person.
    private Bytes signAuthenticated(Mechanism mechanism, Bytes input, Duration deadline) throws CkException, KeyException {
        TokenInfo token = connection.checkedBeforeLogin(desk, deadline);
        if (token.has(Ck.CKF_PROTECTED_AUTHENTICATION_PATH)) {
            return connection.run(desk, TokenAccess.PROTECTED_PATH, (session, epoch) -> authenticated(session, epoch, mechanism, null, input));
        }
        try (Pin pin = desk.ask(token)) {
            PinDesk.checkLength(token, pin);
            connection.pins().check(pin, token);
            return connection.run(desk, deadline, (session, epoch) -> authenticated(session, epoch, mechanism, pin, input));
        }
    }

    private Bytes authenticated(Session session, LoginEpoch epoch, Mechanism mechanism, @Nullable Pin pinOrNull, Bytes input)
            throws CkException, KeyException {
        try {
            return session.signAuthenticated(mechanism, handle(session, epoch), pinOrNull, input);
        } catch (CkException e) {
            if (pinOrNull != null && TokenLogin.isWrongPin(e)) {
                connection.pins().refused(pinOrNull);
            }
            throw unlessSigned(e);
        }
    }

    /// C_SignInit that reports a loss has signed nothing, so that it may be begun again. Whatever else failed may have signed.
    private static CkException unlessSigned(CkException e) throws CkException {
        if (e.function().equals("C_SignInit")) {
            TokenConnection.BeforeSigning.orAsItIs(e);
        }
        return e;
    }

    /// The key's handle in this login.
    private long handle(Session session, LoginEpoch epoch) throws CkException, KeyException {
        Located known = located;
        if (known != null && known.epoch() == epoch) {
            return known.handle();
        }
        long handle;
        try {
            handle = key.locate(session, epoch.isLoggedIn());
        } catch (CkException e) {
            TokenConnection.BeforeSigning.orAsItIs(e);
            throw e;
        }
        located = new Located(epoch, handle);
        return handle;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        boolean alone = false;
        try {
            alone = signing.writeLock().tryLock(CLOSING.toMillis(), TimeUnit.MILLISECONDS); // signatures under way end first
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (alone) {
                signing.writeLock().unlock();
            }
        }
        connection.release();
    }
}
