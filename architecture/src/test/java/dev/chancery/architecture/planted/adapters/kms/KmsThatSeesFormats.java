package dev.chancery.architecture.planted.adapters.kms;

import dev.chancery.architecture.planted.formats.FormatThatSeesPorts;

interface KmsThatSeesFormats {
    FormatThatSeesPorts format();
}
