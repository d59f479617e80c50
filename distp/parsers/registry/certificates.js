import { decode16 } from '../../lib/text.js';
import { Damage } from '../common/format-error.js';
import { holdsScript } from '../powershell/inline-code.js';
import { Structure } from '../common/binary-reader.js';
import { untilNul } from './base-block.js';
import { gives } from './context.js';
/** A certificate in one of the stores; a request that waits for its answer in the store REQUEST. */
export function storedCertificate(key, context) {
    const store = key.path.at(-3) ?? '';
    const value = key.value('Blob');
    const data = value?.data(1 << 20) ?? null;
    if (value === null || data === null)
        return;
    let fields = {};
    try {
        fields = propertiesOf(data);
    }
    catch (error) {
        if (!(error instanceof Damage))
            throw error;
        context.note(`${context.pathOf(key)}: ${error.message}`, value.at);
    }
    const isRequest = store.toUpperCase() === 'REQUEST';
    context.emit(isRequest ? gives.request : gives.registry, key, {
        fields: {
            Store: store,
            ...(isRequest ? { HoldsScript: String(holdsScript(Object.values(fields).join('\n'))) } : {}),
            Thumbprint: key.name,
            ...(isRequest ? {} : { Category: 'Certificate' }),
            ...fields,
        },
        target: typeof fields.Subject === 'string' ? fields.Subject : key.name,
        raw: [`${store}: ${key.name}`, ...Object.entries(fields).map(([name, text]) => `${name}: ${String(text)}`)].join('\n'),
    });
}
/** Properties of a stored certificate by their numbers. https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-certsetcertificatecontextproperty */
function propertiesOf(data) {
    const blob = new Structure(data, 'certificate');
    const fields = {};
    for (let at = 0; at + 12 <= data.length;) {
        const id = blob.u32(at);
        const part = blob.part(at + 12, blob.u32(at + 8));
        at += 12 + part.length;
        if (id === 11)
            fields.FriendlyName = untilNul(decode16(part, false));
        else if (id === 2)
            fields.KeyContainer = containerOf(part);
        else if (id === 32) {
            const { subject, issuer, notBefore, notAfter, names } = certificate(part);
            Object.assign(fields, { Subject: subject, Issuer: issuer, NotBefore: notBefore, NotAfter: notAfter });
            if (names.length > 0)
                fields.AlternativeNames = names;
        }
    }
    return fields;
}
/** CRYPT_KEY_PROV_INFO begins with the place of the container's name. */
function containerOf(part) {
    if (part.length < 4)
        return null;
    const at = part.readUInt32LE(0);
    return at < part.length ? untilNul(decode16(part.subarray(at), false)) : null;
}
/** Subject, issuer, dates and names of an X.509 certificate (RFC 5280). Throws `Damage`. */
export function certificate(der) {
    const whole = elements(first(der).content);
    const parts = elements(whole[0]?.content ?? Buffer.alloc(0));
    // Version stands in front where it is not 1: serial number, algorithm, issuer, validity, subject.
    const from = parts[0]?.tag === 0xa0 ? 1 : 0;
    const [issuer, validity, subject] = [parts[from + 2], parts[from + 3], parts[from + 4]];
    if (!issuer || !validity || !subject)
        throw new Damage('certificate: no issuer, validity and subject');
    const [notBefore, notAfter] = elements(validity.content).map(timeText);
    const extensions = parts.find((part) => part.tag === 0xa3);
    return {
        subject: nameText(subject.content),
        issuer: nameText(issuer.content),
        notBefore: notBefore ?? null,
        notAfter: notAfter ?? null,
        names: extensions ? alternativeNames(extensions.content) : [],
    };
}
/** Maximum number of elements read of one sequence. */
const ELEMENTS = 10_000;
function elements(content) {
    const found = [];
    for (let at = 0; at < content.length && found.length < ELEMENTS;) {
        const element = first(content.subarray(at));
        found.push(element);
        at += element.size;
    }
    return found;
}
/** The element at the beginning, with its whole size. ITU-T X.690, 8.1 */
function first(bytes) {
    if (bytes.length < 2)
        throw new Damage('certificate: cut off');
    const tag = bytes[0];
    const short = bytes[1];
    const more = short < 0x80 ? 0 : short & 0x7f;
    if (more > 4 || 2 + more > bytes.length)
        throw new Damage('certificate: a length of too many bytes');
    const length = more === 0 ? short & 0x7f : bytes.readUIntBE(2, more);
    const from = 2 + more;
    if (from + length > bytes.length)
        throw new Damage(`certificate: ${length} bytes where ${bytes.length - from} are left`);
    return { tag, content: bytes.subarray(from, from + length), size: from + length };
}
const attributes = {
    '550403': 'CN',
    '550406': 'C',
    '550407': 'L',
    '550408': 'S',
    '55040a': 'O',
    '55040b': 'OU',
    '0992268993f22c640119': 'DC',
    '2a864886f70d010901': 'E',
};
/** `CN=mail.example.org, O=Example`; a value is quoted as it stands. */
function nameText(content) {
    return elements(content)
        .flatMap((set) => elements(set.content))
        .map((pair) => {
        const [type, value] = elements(pair.content);
        if (!type || !value)
            return '';
        const id = type.content.toString('hex');
        return `${Object.hasOwn(attributes, id) ? attributes[id] : id}=${stringOf(value)}`;
    })
        .join(', ');
}
function stringOf({ tag, content }) {
    if (tag === 0x1e)
        return decode16(content, true);
    return content.toString(tag === 0x0c ? 'utf8' : 'latin1');
}
/** UTCTime or GeneralizedTime as ISO 8601. */
function timeText({ tag, content }) {
    const m = /^(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(content.toString('latin1'));
    if (!m)
        return null;
    const century = tag === 0x18 ? m[1] : Number(m[2]) < 50 ? '20' : '19';
    return `${century}${m[2]}-${m[3]}-${m[4]}T${m[5]}:${m[6]}:${m[7]}Z`;
}
/** dNSName of the extension 2.5.29.17. */
function alternativeNames(content) {
    for (const extension of elements(first(content).content)) {
        const parts = elements(extension.content);
        const value = parts.at(-1);
        if (parts[0]?.content.toString('hex') !== '551d11' || !value)
            continue;
        return elements(first(value.content).content)
            .filter((name) => name.tag === 0x82)
            .map((name) => name.content.toString('latin1'));
    }
    return [];
}
//# sourceMappingURL=certificates.js.map