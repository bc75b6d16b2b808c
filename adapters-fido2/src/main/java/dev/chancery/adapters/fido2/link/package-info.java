/// Ways to security keys: PC/SC through the JDK, and Linux hidraw with the framing of CTAPHID (FIDO CTAP 2.1 §11). Each carries whole CTAP2
/// messages; what is in them is not looked at here.
///
/// PC/SC is shown with a virtual reader. The framing is tested against the published rules, and **unproven on real USB**.
@NullMarked
package dev.chancery.adapters.fido2.link;

import org.jspecify.annotations.NullMarked;
