/// HTTP as registries need it: authorised, tried again where that helps, never following a redirect with credentials, and bounded in
/// time and size.
@NullMarked
package dev.chancery.adapters.oci.http;

import org.jspecify.annotations.NullMarked;
