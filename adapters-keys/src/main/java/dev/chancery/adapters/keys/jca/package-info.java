/// Keys in any JCA provider's key store: how a national or sovereign provider plugs in, by configuration alone.
///
/// # References
/// `jca:STORE` names a store of the configuration, `jca:STORE;alias=ALIAS` one key in it. The alias is percent-encoded UTF-8 (RFC 3986
/// §2.1). `jca:pkcs12;file=PATH;alias=ALIAS` names a key in a PKCS #12 file, which needs no configuration; that store's name is taken.
///
/// # Configuration
/// A JSON file that only its owner can change. What runs code or opens the network stands here and nowhere else: a reference may come
/// from a batch line or a policy, and can name no class, library, file or PIN.
///
/// ```json
/// {"stores": {
///   "gost": {"providerClass": "org.bouncycastle.jce.provider.BouncyCastleProvider", "type": "PKCS12", "file": "/etc/keys/gost.p12"},
///   "hsm": {"providerName": "SunPKCS11", "providerConfig": "/etc/pkcs11.cfg", "type": "PKCS11"},
///   "jcp": {"providerClass": "ru.CryptoPro.JCP.JCP", "providerPath": ["/opt/jcp/JCP.jar"], "type": "HDImageStore",
///           "signatures": {"gost2012-256": "GOST3411_2012_256withGOST3410_2012_256"}}
/// }}
/// ```
///
/// - `providerClass`: a `java.security.Provider` with a constructor without arguments, on the program's class path or in the jars of
///   `providerPath`. Or `providerName`: one that the JVM has installed.
/// - `providerConfig`: handed to [java.security.Provider#configure(String)].
/// - `type`: the key store's type. `file`: what it is loaded from, where it is a file.
/// - `pin`: `required` (the default) or `none`.
/// - `signatures`: the provider's name of a signature, for an algorithm of ours, where it isn't one of the usual names.
///
/// Providers are used as instances. None is registered, so that nothing else in the process changes.
@NullMarked
package dev.chancery.adapters.keys.jca;

import org.jspecify.annotations.NullMarked;
