package dev.chancery.app.cli.options;

import java.util.ArrayList;
import picocli.CommandLine.IFactory;

/// Makes what picocli asks for while it parses: lists, and nothing else, since commands are described without annotations.
///
/// picocli's own factory first looks for Groovy in every jar of the class path, which opens them all and takes as long as the parsing.
public final class PlainFactory implements IFactory {
    @Override
    public <K> K create(Class<K> type) {
        if (type.isAssignableFrom(ArrayList.class)) {
            return type.cast(new ArrayList<>());
        }
        throw new IllegalArgumentException("no option makes a " + type.getName());
    }
}
