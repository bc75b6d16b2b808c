package dev.chancery.domain.key;

/// Where the PIN of a token comes from, when its URI says (RFC 7512 §2.4, `pin-source`). Commands (`|…`) are refused on reading.
///
/// @param path of a file whose content, without a final line break, is the PIN
public record PinSource(String path) {}
