/// Conditions of policies in CEL, the Common Expression Language (cel.dev, spec `langdef.md`).
///
/// A condition sees `predicate` (the statement's predicate, whatever it is), `predicateType` (a string) and `subject` (a list of
/// `{"name", "digest"}`). JSON's integers that fit are CEL's `int`, its other numbers `double`; the two compare by value. There are CEL's
/// standard functions and macros and no others: no clock, no network, no files. `matches` is RE2. What a condition may take is bounded: its
/// length and nesting, and the steps of its loops all together.
@NullMarked
package dev.chancery.adapters.cel;

import org.jspecify.annotations.NullMarked;
