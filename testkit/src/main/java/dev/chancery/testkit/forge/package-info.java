/// The forging kit: a certificate authority, a certificate transparency log, Rekor-like logs of both versions and a timestamp authority,
/// all in memory, that sign whatever a test asks for. Everything in a forged bundle is signed correctly but for the one defect that
/// the test has put in, so that a rejection can only be of that defect.
///
/// Certificates and timestamps are made by BouncyCastle, so that what reads them isn't tested against itself.
///
/// [ForgedServices] are the services, and [ForgedBundle] is a bundle in the making. A second set of services with the same names stands
/// for an attacker who imitates the first.
@NullMarked
package dev.chancery.testkit.forge;

import org.jspecify.annotations.NullMarked;
