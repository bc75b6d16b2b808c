/// Keys in JCA key stores: BouncyCastle as a national provider, SunPKCS11 over SoftHSM2, and what goes wrong with configurations.
@NullMarked
package dev.chancery.adapters.keys.jca;

import org.jspecify.annotations.NullMarked;
