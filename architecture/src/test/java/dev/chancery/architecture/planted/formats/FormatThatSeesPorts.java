package dev.chancery.architecture.planted.formats;

import dev.chancery.architecture.planted.ports.Port;

public interface FormatThatSeesPorts {
    Port port();
}
