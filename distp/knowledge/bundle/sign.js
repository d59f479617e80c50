import { bundleText, checkPaths, signedBytes, } from './verify.js';
import { namedKey } from '../../lib/key-names.js';
import { PosternError } from '../../lib/errors.js';
import { secretKeyOf, signWith } from '../../lib/ed25519.js';
import { sha256 } from '../../lib/hash.js';
import { canonicalJson } from '../../lib/json.js';
const SPEC = '1.0.34';
/** A signer of a private key in PEM (PKCS #8). */
export function signerOf(pem) {
    const key = secretKeyOf(pem);
    if ('is' in key)
        throw new PosternError('usage', `Keys are Ed25519 private keys in PEM, and this one is ${key.is}.`);
    return { ...key, ...namedKey(key.public) };
}
/** The root that follows another one (or is the first), with these keys for each role, signed by the old keys and the new. */
export function nextRoot(before, keys, threshold, expires, signers) {
    const all = Object.values(keys).flat();
    const signed = {
        _type: 'root',
        spec_version: SPEC,
        version: (before?.signed.version ?? 0) + 1,
        expires,
        consistent_snapshot: false,
        keys: Object.fromEntries(all.map((signer) => [signer.id, signer.key])),
        roles: {
            root: roleOf(keys.root, threshold),
            timestamp: roleOf(keys.timestamp, 1),
            snapshot: roleOf(keys.snapshot, 1),
            targets: roleOf(keys.targets, 1),
        },
    };
    const old = before?.signed.roles.root.keyids ?? [];
    const by = [...signers, ...all].filter(({ id }) => old.includes(id) || signed.roles.root.keyids.includes(id));
    return signedBy(signed, by);
}
const roleOf = (signers, threshold) => ({
    keyids: signers.map(({ id }) => id).sort(),
    threshold,
});
/** The text of a signed bundle. Keys that root names for a role sign it; too few are the user's mistake. */
export function makeBundle({ roots, version, expires, files, signers }) {
    checkPaths([...files.keys()]);
    const root = roots.at(-1).signed;
    const made = (role, more) => {
        const { keyids, threshold } = root.roles[role];
        const by = signers.filter(({ id }) => keyids.includes(id));
        if (by.length < threshold)
            throw new PosternError('usage', `Of the keys that sign ${role}, ${threshold} are needed and ${by.length} are there.`);
        return metadataBytes(signedBy({ _type: role, spec_version: SPEC, version, expires, ...more }, by));
    };
    const described = (bytes) => ({ length: bytes.length, hashes: { sha256: sha256(bytes) } });
    const targets = made('targets', {
        targets: Object.fromEntries([...files].map(([path, bytes]) => [path, described(bytes)])),
    });
    const snapshot = made('snapshot', { meta: { 'targets.json': { ...described(targets), version } } });
    const timestamp = made('timestamp', { meta: { 'snapshot.json': { ...described(snapshot), version } } });
    return bundleText(new Map([
        ...roots.map((one) => [`metadata/${one.signed.version}.root.json`, metadataBytes(one)]),
        ['metadata/timestamp.json', timestamp],
        ['metadata/snapshot.json', snapshot],
        ['metadata/targets.json', targets],
        ...[...files].map(([path, bytes]) => [`files/${path}`, bytes]),
    ]));
}
/** Metadata as it lies in a file. */
export const metadataBytes = (metadata) => Buffer.from(`${canonicalJson(metadata, 1)}\n`);
export function signedBy(signed, signers) {
    const unique = new Map(signers.map((signer) => [signer.id, signer]));
    const bytes = signedBytes(signed);
    return {
        signed,
        signatures: [...unique.values()].map((signer) => ({
            keyid: signer.id,
            sig: signWith(signer, bytes).toString('hex'),
        })),
    };
}
//# sourceMappingURL=sign.js.map