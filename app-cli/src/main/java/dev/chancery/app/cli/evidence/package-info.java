/// Signing with evidence, as the command line asks for it: identity tokens, signing configurations, unfinished signatures.
@NullMarked
package dev.chancery.app.cli.evidence;

import org.jspecify.annotations.NullMarked;
