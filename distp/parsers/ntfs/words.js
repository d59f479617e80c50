// Bits and fields of NTFS in words.
/** A field as a person reads it; `-` where there is none. */
export function said(fields, name) {
    const value = fields[name];
    return value === null || value === undefined ? '-' : typeof value === 'object' ? value.join(', ') : String(value);
}
/** https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants */
const ATTRIBUTES = [
    [0x1, 'read-only'],
    [0x2, 'hidden'],
    [0x4, 'system'],
    [0x10, 'directory'],
    [0x20, 'archive'],
    [0x40, 'device'],
    [0x100, 'temporary'],
    [0x200, 'sparse'],
    [0x400, 'reparse'],
    [0x800, 'compressed'],
    [0x1000, 'offline'],
    [0x2000, 'not-indexed'],
    [0x4000, 'encrypted'],
    [0x8000, 'integrity'],
    [0x1_0000, 'virtual'],
    [0x2_0000, 'no-scrub'],
    [0x4_0000, 'recall-on-open'],
    [0x8_0000, 'pinned'],
    [0x10_0000, 'unpinned'],
    [0x40_0000, 'recall-on-access'],
];
/** https://learn.microsoft.com/windows/win32/api/winioctl/ns-winioctl-usn_record_v2 */
const REASONS = [
    [0x1, 'DATA_OVERWRITE'],
    [0x2, 'DATA_EXTEND'],
    [0x4, 'DATA_TRUNCATION'],
    [0x10, 'NAMED_DATA_OVERWRITE'],
    [0x20, 'NAMED_DATA_EXTEND'],
    [0x40, 'NAMED_DATA_TRUNCATION'],
    [0x100, 'FILE_CREATE'],
    [0x200, 'FILE_DELETE'],
    [0x400, 'EA_CHANGE'],
    [0x800, 'SECURITY_CHANGE'],
    [0x1000, 'RENAME_OLD_NAME'],
    [0x2000, 'RENAME_NEW_NAME'],
    [0x4000, 'INDEXABLE_CHANGE'],
    [0x8000, 'BASIC_INFO_CHANGE'],
    [0x1_0000, 'HARD_LINK_CHANGE'],
    [0x2_0000, 'COMPRESSION_CHANGE'],
    [0x4_0000, 'ENCRYPTION_CHANGE'],
    [0x8_0000, 'OBJECT_ID_CHANGE'],
    [0x10_0000, 'REPARSE_POINT_CHANGE'],
    [0x20_0000, 'STREAM_CHANGE'],
    [0x40_0000, 'TRANSACTED_CHANGE'],
    [0x80_0000, 'INTEGRITY_CHANGE'],
    [0x100_0000, 'DESIRED_STORAGE_CLASS_CHANGE'],
    [0x8000_0000, 'CLOSE'],
];
/** Attributes of a file: `['hidden', 'system']`. The same list for the same bits. */
export const attributesOf = wordsOf(ATTRIBUTES);
/** Reasons of a change: `['FILE_CREATE', 'CLOSE']`. */
export const reasonsOf = wordsOf(REASONS);
function wordsOf(table) {
    const made = new Map();
    return (bits) => {
        let words = made.get(bits);
        if (!words) {
            // Combinations are few; damaged ones must not fill memory.
            if (made.size >= 4096)
                made.clear();
            made.set(bits, (words = table.filter(([bit]) => (bits & bit) !== 0).map(([, word]) => word)));
        }
        return words;
    };
}
//# sourceMappingURL=words.js.map