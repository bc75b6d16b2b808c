/// The commands of FIDO CTAP 2.1 that approving needs: information, PINs, making a credential, approving, and listing credentials. Requests and answers
/// become values here; what to ask for is decided elsewhere.
@NullMarked
package dev.chancery.adapters.fido2.ctap;

import org.jspecify.annotations.NullMarked;
