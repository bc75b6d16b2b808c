package dev.chancery.adapters.fido2.link;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals.State;
import javax.smartcardio.TerminalFactory;

/// Security keys in card readers, NFC and virtual ones, through the JDK's `javax.smartcardio`.
public final class PcscPorts implements SecurityKeyPorts {
    private static final String LIBRARY = "sun.security.smartcardio.library";

    /// Where Debian, Fedora and Arch have it; the JDK looks for the developers' name only, which few machines have.
    private static final List<String> LIBRARIES = List.of("/usr/lib/x86_64-linux-gnu/libpcsclite.so.1", "/usr/lib/aarch64-linux-gnu/libpcsclite.so.1",
            "/usr/lib64/libpcsclite.so.1", "/usr/lib/libpcsclite.so.1");

    @Override
    public Seen look() {
        prepare();
        List<SecurityKeyPort> ports = new ArrayList<>();
        try {
            for (CardTerminal reader : TerminalFactory.getDefault().terminals().list(State.CARD_PRESENT)) {
                ports.add(new SecurityKeyPort("pcsc:" + reader.getName(), () -> open(reader)));
            }
        } catch (CardException e) {
            // SCARD_E_NO_SERVICE, SCARD_E_NO_READERS_AVAILABLE: no daemon or no reader, as on most machines.
            return new Seen(List.of(), List.of("PC/SC has no card reader: " + cause(e)));
        }
        return new Seen(ports, List.of());
    }

    /// What the JDK reads when its provider is loaded; whoever has set it knows better. It would fetch long answers itself, with the class byte of the
    /// command, which ISO 7816-4 §5.1 allows for proprietary classes only where the card does: CTAP 2.1 §11.3.4 has class 00.
    private static synchronized void prepare() {
        for (String fetching : List.of("sun.security.smartcardio.t0GetResponse", "sun.security.smartcardio.t1GetResponse")) {
            if (System.getProperty(fetching) == null) {
                System.setProperty(fetching, "false");
            }
        }
        if (System.getProperty(LIBRARY) == null) {
            LIBRARIES.stream().filter(library -> Files.exists(Path.of(library))).findFirst().ifPresent(library -> System.setProperty(LIBRARY, library));
        }
    }

    private static CtapLink open(CardTerminal reader) throws LinkException {
        try {
            Card card = connect(reader);
            return PcscLink.select(new SmartCard(card));
        } catch (CardException e) {
            throw LinkException.gone("the card cannot be reached: " + cause(e), e);
        }
    }

    /// T=1 where the card has it, which knows answers of any length.
    private static Card connect(CardTerminal reader) throws CardException {
        try {
            return reader.connect("T=1");
        } catch (CardException _) {
            return reader.connect("*");
        }
    }

    /// The name of the PC/SC error, which the JDK hides in the cause.
    static String cause(CardException e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : String.valueOf(e.getCause().getMessage());
    }
}
