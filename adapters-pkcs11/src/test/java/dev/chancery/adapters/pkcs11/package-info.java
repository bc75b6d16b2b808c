/// Tests on SoftHSM2, behind the module of the lab that fails, hangs and lies on demand.
@NullMarked
package dev.chancery.adapters.pkcs11;

import org.jspecify.annotations.NullMarked;
