/// Where identity tokens come from: CI systems that vouch for their jobs, and people who log in.
@NullMarked
package dev.chancery.ports.identity;

import org.jspecify.annotations.NullMarked;
