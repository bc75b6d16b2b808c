/// X.509 certificates, timestamps and signed certificate timestamps as typed facts. Reading them verifies nothing: which facts are
/// to be believed is the verification engine's to say.
@NullMarked
package dev.chancery.domain.certificate;

import org.jspecify.annotations.NullMarked;
