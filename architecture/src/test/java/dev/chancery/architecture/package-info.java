/// Holds the code to the rules of docs/architecture.md, the poms to the same table, and the documentation to the code. Every rule is
/// proven once against a violation planted for it (package `dev.chancery.architecture.planted`, or a pom that a test alters), and
/// fails when its pattern matches nothing.
@NullMarked
package dev.chancery.architecture;

import org.jspecify.annotations.NullMarked;
