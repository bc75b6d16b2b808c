package dev.chancery.architecture.planted.ports;

import dev.chancery.architecture.planted.formats.FormatThatSeesPorts;

interface PortThatSeesFormats {
    FormatThatSeesPorts format();
}
