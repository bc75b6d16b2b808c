// Verifies the lines of a batch with sigstore-js, in one process, as its users do: node verify.mjs KEY.pub BATCH.jsonl
// LAB_NODE is the folder whose node_modules to use (lab/install verifiers made it). For an envelope sigstore-js looks at the signature alone:
// it reads no statement and compares no digest. Prints how many were verified and how many not.
import crypto from 'node:crypto';
import fs from 'node:fs';
import readline from 'node:readline';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.LAB_NODE}/`);
const { bundleFromJSON } = require('@sigstore/bundle');
const { TrustedRoot } = require('@sigstore/protobuf-specs');
const { Verifier, toSignedEntity, toTrustMaterial } = require('@sigstore/verify');

const [key, batch] = process.argv.slice(2);
const root = TrustedRoot.fromJSON({ mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' });
const publicKey = crypto.createPublicKey(fs.readFileSync(key));
const verifier = new Verifier(toTrustMaterial(root, () => ({ publicKey, validFor: () => true })),
  { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
let good = 0;
let bad = 0;
for await (const line of readline.createInterface({ input: fs.createReadStream(batch) })) {
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(JSON.parse(fs.readFileSync(JSON.parse(line).bundle)))));
    good++;
  } catch (error) {
    console.error(`rejected: ${error.code ?? error.name}: ${error.message}`);
    bad++;
  }
}
console.log(good, bad);
process.exit(bad > 0 ? 1 : 0);
