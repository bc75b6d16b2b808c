/// Benchmarks of signing and verifying. `bench/run` builds and runs them; docs/benchmarks.md has what came out.
@NullMarked
package dev.chancery.bench;

import org.jspecify.annotations.NullMarked;
