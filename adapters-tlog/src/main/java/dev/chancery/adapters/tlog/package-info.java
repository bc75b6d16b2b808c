/// The audit log: an append-only, hash-chained file.
///
/// Each entry is one line: `INDEX SP HASH SP EVENT LF`. INDEX counts from 0 in decimal; EVENT is compact JSON; HASH is 64 lower-case
/// hexadecimal digits of `SHA-256("chancery audit v1" LF INDEX LF PREVIOUS LF EVENT)`, where PREVIOUS is the HASH of the line before in
/// hexadecimal, or 64 zeros for the first line. A line counts when its LF is there; what follows the last LF is an append that was
/// interrupted and never acknowledged, and the next append cuts it off.
///
/// An append checks the last two lines only, so that its cost doesn't grow; `chancery audit verify` walks the whole chain.
///
/// The chain shows any change of a line other than the last ones: whoever can write the file can cut its tail or write a whole new
/// chain. Against that, keep the head that `chancery audit verify` prints somewhere else.
@NullMarked
package dev.chancery.adapters.tlog;

import org.jspecify.annotations.NullMarked;
