import { standsAt } from '../lib/bytes.js';
/**
 * Names the form of an archive or disk image that cannot be opened, from its first bytes (up to 64 KiB help; the last of
 * them for ISO images); null for any other file. The caller makes an `unsupported` gap of it. Forms that a container
 * opens are not among them: one that is damaged, or lies where only pages do, is read as a file.
 */
export function unsupportedArchive(head) {
    const form = forms.find(([, offset, magic]) => standsAt(head, offset, magic));
    if (form)
        return form[0];
    return isEnveloped(head)
        ? 'archive encrypted for a certificate (CMS, as DFIR-ORC makes them; decrypt it with the private key first)'
        : null;
}
const text = (s) => Buffer.from(s, 'latin1');
const mount = 'mount it read-only and give the folder';
// In order of trust: long marks first.
const forms = [
    ['LZ4', 0, text('\x04\x22\x4d\x18')],
    [`VMDK disk image (${mount})`, 0, text('KDMV')],
    [`VMDK disk image (${mount})`, 0, text('# Disk DescriptorFile')],
    [`EnCase image (E01; ${mount})`, 0, text('EVF\x09\x0d\x0a\xff\0')],
    [`EnCase image (Ex01; ${mount})`, 0, text('EVF2\x0d\x0a\x81\0')],
    ['EnCase logical image (L01)', 0, text('LVF\x09\x0d\x0a\xff\0')],
    ['EnCase logical image (Lx01)', 0, text('LEF2\x0d\x0a\x81\0')],
    ['AD1 image', 0, text('ADSEGMENTEDFILE')],
    [`raw ReFS volume (${mount})`, 3, text('ReFS\0\0\0\0')],
    [`ISO image (${mount})`, 32769, text('CD001')],
];
/** A CMS message of type enveloped-data (RFC 5652, 6.1): a sequence that begins with that type's identifier. */
function isEnveloped(bytes) {
    const at = bytes[0] === 0x30 ? Buffer.from(bytes.subarray(0, 24)).indexOf(envelopedData) : -1;
    return at >= 2 && at <= 10;
}
const envelopedData = Buffer.from('06092a864886f70d010703', 'hex');
//# sourceMappingURL=archives.js.map