/// The record that is durable before a signature is handed out.
@NullMarked
package dev.chancery.ports.audit;

import org.jspecify.annotations.NullMarked;
