package dev.chancery.adapters.pkcs11;

import dev.chancery.adapters.pkcs11.Wire.Op;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A session of a module in another process.
///
/// @param number what the helper calls it
record RemoteSession(RemoteCryptoki helper, long number) implements Session {
    private <T> T ask(Op op, Wire.Body body, RemoteCryptoki.Answer<T> answer) throws CkException {
        return helper.ask(op, to -> {
            to.writeLong(number);
            body.writeTo(to);
        }, answer);
    }

    private void tell(Op op, Wire.Body body) throws CkException {
        ask(op, body, _ -> true);
    }

    @Override
    public void login(@Nullable Pin pinOrNull) throws CkException {
        tell(Op.LOGIN, to -> Wire.pin(to, pinOrNull));
    }

    @Override
    public void logout() throws CkException {
        tell(Op.LOGOUT, _ -> { });
    }

    @Override
    public boolean isAlive(boolean loggedIn) {
        try {
            return ask(Op.ALIVE, to -> to.writeBoolean(loggedIn), in -> in.readBoolean());
        } catch (CkException e) {
            return false;
        }
    }

    @Override
    public List<Long> find(Template template) throws CkException {
        return ask(Op.FIND, to -> Wire.template(to, template), in -> {
            List<Long> found = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                found.add(in.readLong());
            }
            return found;
        });
    }

    @Override
    public Optional<Bytes> value(long object, long type) throws CkException {
        return ask(Op.VALUE, to -> {
            to.writeLong(object);
            to.writeLong(type);
        }, in -> in.readBoolean() ? Optional.of(Wire.bytes(in)) : Optional.empty());
    }

    @Override
    public Bytes sign(Mechanism how, long key, Bytes data) throws CkException {
        return ask(Op.SIGN, to -> {
            Wire.mechanism(to, how);
            to.writeLong(key);
            Wire.bytes(to, data);
        }, Wire::bytes);
    }

    @Override
    public Bytes signAuthenticated(Mechanism how, long key, @Nullable Pin pinOrNull, Bytes data) throws CkException {
        return ask(Op.SIGN_AUTHENTICATED, to -> {
            Wire.mechanism(to, how);
            to.writeLong(key);
            Wire.pin(to, pinOrNull);
            Wire.bytes(to, data);
        }, Wire::bytes);
    }

    @Override
    public KeyPairHandles generate(Mechanism how, Template publicHalf, Template privateHalf) throws CkException {
        return ask(Op.GENERATE, to -> {
            Wire.mechanism(to, how);
            Wire.template(to, publicHalf);
            Wire.template(to, privateHalf);
        }, in -> new KeyPairHandles(in.readLong(), in.readLong()));
    }

    @Override
    public void set(long object, Template attributes) throws CkException {
        tell(Op.SET, to -> {
            to.writeLong(object);
            Wire.template(to, attributes);
        });
    }

    @Override
    public void destroy(long object) throws CkException {
        tell(Op.DESTROY, to -> to.writeLong(object));
    }

    @Override
    public void close() throws CkException {
        tell(Op.CLOSE, _ -> { });
    }
}
