import { createHash } from 'node:crypto';
import { elementAt, derElements, objectId, derText } from '../../../lib/der.js';
import { Damage } from '../../common/format-error.js';
import { tables } from './image.js';
const PKCS = 2;
const COMMON_NAME = '2.5.4.3';
const hashes = new Map([
    ['1.3.14.3.2.26', 'sha1'],
    ['2.16.840.1.101.3.4.2.1', 'sha256'],
    ['2.16.840.1.101.3.4.2.2', 'sha384'],
    ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);
/** Null when the file bears none (most files of Windows are signed in catalogs instead). */
export function signatureOf(image, whole) {
    const entry = image.directories[tables.signatures];
    if (!entry || entry.at === 0 || entry.size < 8)
        return null;
    const { data } = image;
    const length = data.u32(entry.at);
    if (data.u16(entry.at + 6) !== PKCS)
        throw new Damage(`a signature of kind ${data.u16(entry.at + 6)}`);
    if (length < 8 || length > entry.size)
        throw new Damage(`a signature of ${length} bytes in a table of ${entry.size}`);
    const der = data.part(entry.at + 8, length - 8);
    const signed = signedData(der);
    if (!signed)
        throw new Damage('the signature is no PKCS #7 message');
    return { ...signerOf(der, signed), digest: whole ? digestOf(image, der, signed, entry) : null };
}
/** ContentInfo { signedData, [0] SignedData }: its parts. */
function signedData(der) {
    const outer = elementAt(der, 0);
    const [kind, content] = outer ? derElements(der, outer) : [];
    if (!kind || !content || objectId(der, kind) !== '1.2.840.113549.1.7.2')
        return null;
    const inner = elementAt(der, content.from, content.to);
    return inner ? derElements(der, inner) : null;
}
/** The certificate that the signer names by issuer and serial number. */
function signerOf(der, signed) {
    const certificates = signed.find((part) => part.tag === 0xa0);
    const signers = signed.findLast((part) => part.tag === 0x31);
    const info = signers ? elementAt(der, signers.from, signers.to) : null;
    const named = info ? derElements(der, info)[1] : undefined;
    if (!certificates || !named)
        return { signer: null, issuer: null };
    const wanted = der.subarray(named.from, named.to);
    for (const certificate of derElements(der, certificates, 64)) {
        const body = elementAt(der, certificate.from, certificate.to);
        if (!body)
            continue;
        const parts = derElements(der, body).filter((part) => part.tag !== 0xa0);
        const [serial, , issuer, , subject] = parts;
        if (!serial || !issuer || !subject)
            continue;
        const own = Buffer.concat([der.subarray(issuer.start, issuer.to), der.subarray(serial.start, serial.to)]);
        if (own.equals(wanted))
            return { signer: commonName(der, subject), issuer: commonName(der, issuer) };
    }
    return { signer: null, issuer: null };
}
/** The common name, else the last part of a name. */
function commonName(der, name) {
    let last = null;
    for (const set of derElements(der, name, 64)) {
        const pair = elementAt(der, set.from, set.to);
        const [kind, value] = pair ? derElements(der, pair) : [];
        if (!kind || !value)
            continue;
        last = derText(der, value).slice(0, 256);
        if (objectId(der, kind) === COMMON_NAME)
            return last;
    }
    return last;
}
/** Is the digest in the signature (SpcIndirectDataContent) that of the file without checksum, table entry and table? */
function digestOf(image, der, signed, table) {
    const content = signed[2];
    const indirect = content ? inside(der, content, [1, 0]) : null;
    const info = indirect ? derElements(der, indirect)[1] : undefined;
    const [algorithm, digest] = info ? derElements(der, info) : [];
    const id = algorithm ? elementAt(der, algorithm.from, algorithm.to) : null;
    const name = id ? hashes.get(objectId(der, id)) : undefined;
    if (!digest || name === undefined)
        return null;
    const bytes = image.data.bytes;
    const hash = createHash(name);
    hash.update(bytes.subarray(0, image.checksumAt));
    hash.update(bytes.subarray(image.checksumAt + 4, image.signatureEntryAt));
    hash.update(bytes.subarray(image.signatureEntryAt + 8, table.at));
    hash.update(bytes.subarray(Math.min(bytes.length, table.at + table.size)));
    return hash.digest().equals(der.subarray(digest.from, digest.to)) ? 'matches' : 'differs';
}
function inside(der, outer, path) {
    let now = outer;
    for (const i of path.slice(0, -1))
        now = now && derElements(der, now)[i];
    return now ? (derElements(der, now)[path.at(-1)] ?? null) : null;
}
//# sourceMappingURL=signature.js.map