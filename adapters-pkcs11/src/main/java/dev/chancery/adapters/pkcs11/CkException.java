package dev.chancery.adapters.pkcs11;

/// A function of the module returned something other than CKR_OK.
final class CkException extends Exception {
    private static final long serialVersionUID = 1;

    private final String function;
    private final long value;

    CkException(String function, long value) {
        super(function + " returned " + Ckr.name(value));
        this.function = function;
        this.value = value;
    }

    /// For a failure that says more than the code.
    CkException(String function, long value, String detail) {
        super(detail);
        this.function = function;
        this.value = value;
    }

    /// The function, such as `C_Sign`.
    String function() {
        return function;
    }

    /// The CK_RV.
    long value() {
        return value;
    }

    boolean is(Ckr code) {
        return value == code.value();
    }

    /// Whether it says that session, login or token are gone, so that everything has to be opened again before the next call.
    boolean isLoss() {
        return Ckr.of(value).filter(Ckr::isLoss).isPresent();
    }
}
