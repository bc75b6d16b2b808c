package dev.chancery.adapters.kms.service;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Tells by the JDK's exceptions how far a request came: what failed before it was sent has done nothing.
public final class NetworkFailures {
    /// Chains of causes are short; this only keeps a circular one from going on for ever.
    private static final int MAX_CAUSES = 20;

    private NetworkFailures() {}

    /// The failure that a network exception among the causes stands for; nothing when there is none.
    ///
    /// @param address whom it was sent to, to be shown
    public static Optional<ServiceFailure> of(Throwable thrown, String address) {
        Throwable cause = thrown;
        ServiceFailure weakest = null;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            switch (cause) {
                case SSLHandshakeException e -> {
                    return Optional.of(ServiceFailure.of(Fault.TLS, address + ": " + ServiceFailure.words(e.getMessage()), thrown));
                }
                case SSLPeerUnverifiedException e -> {
                    return Optional.of(ServiceFailure.of(Fault.TLS, address + ": " + ServiceFailure.words(e.getMessage()), thrown));
                }
                case UnknownHostException _ -> {
                    return Optional.of(ServiceFailure.of(Fault.UNREACHABLE, "the name of " + address + " is not known", thrown));
                }
                case UnresolvedAddressException _ -> {
                    return Optional.of(ServiceFailure.of(Fault.UNREACHABLE, "the name of " + address + " is not known", thrown));
                }
                case ConnectException _ -> {
                    return Optional.of(ServiceFailure.of(Fault.UNREACHABLE, address + " takes no connection", thrown));
                }
                case NoRouteToHostException _ -> {
                    return Optional.of(ServiceFailure.of(Fault.UNREACHABLE, "there is no route to " + address, thrown));
                }
                case HttpConnectTimeoutException _ -> {
                    return Optional.of(ServiceFailure.of(Fault.UNREACHABLE, address + " takes no connection in time", thrown));
                }
                case SocketTimeoutException _ -> {
                    return Optional.of(timedOut(address, thrown));
                }
                case HttpTimeoutException _ -> {
                    return Optional.of(timedOut(address, thrown));
                }
                case IOException e -> weakest = ServiceFailure.of(Fault.LOST,
                        "the connection to " + address + " broke before the answer was there: " + ServiceFailure.words(e.getMessage()), thrown);
                default -> { }
            }
        }
        return Optional.ofNullable(weakest);
    }

    private static ServiceFailure timedOut(String address, Throwable thrown) {
        return ServiceFailure.of(Fault.TIMED_OUT, address + " did not answer in time; whether the key has signed is not known", thrown);
    }
}
