/// Requests to services that may be down, slow, overloaded or lying: one budget of time for all tries, back-off with jitter, limits on what
/// is read, no redirects, and one translation of everything that goes wrong into [dev.chancery.ports.sigstore.ServiceException].
@NullMarked
package dev.chancery.adapters.fulcio.http;

import org.jspecify.annotations.NullMarked;
