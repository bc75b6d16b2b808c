/// What the verification engine asks about certificates and timestamps: DER goes in, typed facts come out. Implementations are
/// thread-safe, block on nothing but the processor and open no socket; bad input of any kind ends in [CertificateException].
@NullMarked
package dev.chancery.ports.certificate;

import org.jspecify.annotations.NullMarked;
