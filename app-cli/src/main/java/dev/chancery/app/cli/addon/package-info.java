/// Back ends that are not in the core distribution: each is a folder of jars, `lib/addons/SCHEME/`, loaded when a key of its scheme is
/// used and not before. The core carries no cloud SDK, and whoever uses none of them pays nothing for them.
@NullMarked
package dev.chancery.app.cli.addon;

import org.jspecify.annotations.NullMarked;
