package dev.chancery.adapters.fido2.link;

import dev.chancery.domain.bytes.Bytes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CommandAPDU;

/// A card that the JDK has connected. A command blocks in native code for as long as the card likes, so a thread of its own waits for it.
final class SmartCard implements PcscLink.Apdus {
    private final Card card;
    private boolean unanswered;

    SmartCard(Card card) {
        this.card = card;
    }

    @Override
    public Bytes transmit(Bytes apdu, Duration limit) throws LinkException {
        FutureTask<Bytes> task = new FutureTask<>(() -> Bytes.copyOf(card.getBasicChannel().transmit(new CommandAPDU(apdu.toByteArray())).getBytes()));
        Thread.ofPlatform().daemon().name("fido2-pcsc").start(task);
        try {
            unanswered = true;
            Bytes answer = task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            unanswered = false;
            return answer;
        } catch (TimeoutException _) {
            throw LinkException.slow("no answer came in time");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw LinkException.slow("the wait was interrupted");
        } catch (ExecutionException e) {
            // SCARD_W_REMOVED_CARD, SCARD_E_NO_SMARTCARD, SCARD_E_READER_UNAVAILABLE, SCARD_E_NOT_TRANSACTED: whichever the driver chooses.
            String found = e.getCause() instanceof CardException failure ? PcscPorts.cause(failure) : String.valueOf(e.getCause());
            throw LinkException.gone("the card reader reported " + found, e.getCause());
        }
    }

    @Override
    public void close() {
        if (unanswered) {
            // Disconnecting waits for a command that is still in the card: nobody waits for that.
            Thread.ofPlatform().daemon().name("fido2-pcsc-end").start(this::disconnect);
        } else {
            disconnect();
        }
    }

    private void disconnect() {
        try {
            card.disconnect(false); // a reset would pass for taking it out, after which three more wrong PINs are taken
        } catch (CardException _) {
            // It is gone already.
        }
    }
}
