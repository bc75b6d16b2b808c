package dev.chancery.architecture.planted.testkit;

import dev.chancery.architecture.planted.formats.FormatThatSeesPorts;

interface TestkitThatSeesFormats {
    FormatThatSeesPorts format();
}
