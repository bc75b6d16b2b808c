/// Credentials for registries: docker's and podman's files, credential helpers, challenges and tokens.
@NullMarked
package dev.chancery.adapters.oci.auth;

import org.jspecify.annotations.NullMarked;
