// sigstore-js as a peer, with a public key: node verify-key.mjs ARTIFACT BUNDLE PUBLIC-KEY [TRUSTED-ROOT]
// With a trusted root, a log entry and a proof of the time are wanted too.
// LAB_NODE is the folder whose node_modules to use (lab/install verifiers made it). Exit 0: verified; 1: rejected.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.LAB_NODE}/`);
const { bundleFromJSON } = require('@sigstore/bundle');
const { TrustedRoot } = require('@sigstore/protobuf-specs');
const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');

const [artifact, bundle, key, rootFile] = process.argv.slice(2);
const root = TrustedRoot.fromJSON(rootFile
  ? JSON.parse(fs.readFileSync(rootFile))
  : { mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' });
const wanted = rootFile ? 1 : 0;
try {
  const publicKey = crypto.createPublicKey(fs.readFileSync(key));
  const trust = toTrustMaterial(root, () => ({ publicKey, validFor: () => true }));
  const entity = toSignedEntity(bundleFromJSON(JSON.parse(fs.readFileSync(bundle))), fs.readFileSync(artifact));
  new Verifier(trust, { tlogThreshold: wanted, ctlogThreshold: 0, timestampThreshold: wanted }).verify(entity);
  console.log('verified');
} catch (error) {
  console.error(`rejected: ${error.code ?? error.name}: ${error.message}`);
  process.exit(1);
}
