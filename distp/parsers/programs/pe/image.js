import { Damage } from '../../common/format-error.js';
import { Structure } from '../../common/binary-reader.js';
/** The headers of a program file: https://learn.microsoft.com/windows/win32/debug/pe-format */
export class Image {
    data;
    header;
    machine;
    /** Seconds since 1970 as the linker wrote them; newer linkers write a digest instead. */
    stamp;
    library;
    wide;
    sections;
    directories;
    /** Place of the checksum, and of the entry of the signature table: both are left out of the signed digest. */
    checksumAt;
    signatureEntryAt;
    constructor(bytes) {
        const data = new Structure(bytes, 'program file');
        this.data = data;
        const header = data.u32(0x3c);
        if (data.u32(header) !== 0x4550)
            throw new Damage(`no PE header at ${header}`);
        this.header = header;
        this.machine = machines.get(data.u16(header + 4)) ?? `0x${data.u16(header + 4).toString(16)}`;
        this.stamp = data.u32(header + 8);
        this.library = (data.u16(header + 22) & 0x2000) !== 0;
        const optional = header + 24;
        const magic = data.u16(optional);
        if (magic !== 0x10b && magic !== 0x20b)
            throw new Damage(`optional header of kind 0x${magic.toString(16)}`);
        this.wide = magic === 0x20b;
        this.checksumAt = optional + 64;
        const tables = optional + (this.wide ? 112 : 96);
        this.signatureEntryAt = tables + 32;
        const count = Math.min(16, data.u32(tables - 4));
        this.directories = Array.from({ length: count }, (_, i) => ({
            at: data.u32(tables + i * 8),
            size: data.u32(tables + i * 8 + 4),
        }));
        this.sections = this.#sections(optional + data.u16(header + 20), data.u16(header + 6));
    }
    #sections(at, count) {
        if (count > 96)
            throw new Damage(`${count} sections where Windows takes 96`);
        return Array.from({ length: count }, (_, i) => {
            const entry = at + i * 40;
            const name = this.data
                .part(entry, 8)
                .toString('latin1')
                .replace(/\0[^]*$/, '');
            const size = this.data.u32(entry + 8);
            const stored = this.data.u32(entry + 16);
            return {
                name,
                size: size || stored,
                address: this.data.u32(entry + 12),
                stored,
                offset: this.data.u32(entry + 20),
            };
        });
    }
    /** The place in the file of an address of the image. */
    offsetOf(address) {
        for (const section of this.sections) {
            const within = address - section.address;
            if (within >= 0 && within < Math.min(section.stored, Math.max(section.size, section.stored)))
                return section.offset + within;
        }
        const headers = this.sections.reduce((least, section) => Math.min(least, section.address), Number.MAX_SAFE_INTEGER);
        if (address < headers)
            return address;
        throw new Damage(`address 0x${address.toString(16)} lies in no section`);
    }
    /** The part of the file that a table fills; null when the image has none. */
    table(index) {
        const entry = this.directories[index];
        if (!entry || entry.at === 0 || entry.size === 0)
            return null;
        return { offset: this.offsetOf(entry.at), size: entry.size };
    }
    /** Text up to its zero, at most `most` bytes. */
    text(offset, most) {
        const bytes = this.data.bytes;
        if (offset < 0 || offset >= bytes.length)
            throw new Damage(`a name at ${offset} of ${bytes.length} bytes`);
        const end = bytes.indexOf(0, offset);
        return bytes.toString('utf8', offset, Math.min(end < 0 ? bytes.length : end, offset + most));
    }
}
const machines = new Map([
    [0x14c, 'x86'],
    [0x8664, 'x64'],
    [0xaa64, 'ARM64'],
    [0x1c4, 'ARM'],
    [0x200, 'Itanium'],
]);
/** Directory numbers. */
export const tables = { exports: 0, resources: 2, signatures: 4, clr: 14 };
//# sourceMappingURL=image.js.map