// sigstore-js as a signer: node sign.mjs ARTIFACT BUNDLE TOKEN-FILE: keyless, on the lab's Fulcio, Rekor v1 and timestamp authority
// (LAB_FULCIO_URL, LAB_REKOR1_URL, LAB_TSA_URL of lab/env). LAB_NODE is the folder whose node_modules to use.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.env.LAB_NODE}/`);
const { bundleToJSON } = require('@sigstore/bundle');
const { FulcioSigner, MessageSignatureBundleBuilder, RekorWitness, TSAWitness } = require('@sigstore/sign');

const [artifactFile, bundleFile, tokenFile] = process.argv.slice(2);
const token = fs.readFileSync(tokenFile, 'utf8').trim();
const signer = new FulcioSigner({ fulcioBaseURL: process.env.LAB_FULCIO_URL, identityProvider: { getToken: async () => token } });
const witnesses = [
  new RekorWitness({ rekorBaseURL: process.env.LAB_REKOR1_URL }),
  new TSAWitness({ tsaBaseURL: new URL(process.env.LAB_TSA_URL).origin }),
];
const bundle = await new MessageSignatureBundleBuilder({ signer, witnesses }).create({ data: fs.readFileSync(artifactFile) });
fs.writeFileSync(bundleFile, JSON.stringify(bundleToJSON(bundle)));
