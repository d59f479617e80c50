/** How many of the first bytes are enough for every `recognise`. */
export const HEAD_LENGTH = 1024;
export const defaultLimits = {
    depth: 4,
    archives: 20_000,
    ratio: 200,
    free: 64 * 2 ** 20,
    total: 200 * 2 ** 30,
    entries: 2_000_000,
    inner: 256 * 2 ** 20,
    passwords: [],
};
/** A member could not be read to its end: the caller makes a gap behind the `delivered` bytes. */
export class EvidenceError extends Error {
    reason;
    /** Bytes that came before. */
    delivered;
    constructor(reason, detail, delivered = 0) {
        super(detail);
        this.name = 'EvidenceError';
        this.reason = reason;
        this.delivered = delivered;
    }
}
/** The reason for a gap in an error of the operating system; null for any other error, which is a bug. */
export function gapReasonOf(error) {
    if (error instanceof EvidenceError)
        return error.reason;
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (typeof code !== 'string' || !('syscall' in error))
        return null;
    switch (code) {
        case 'EACCES':
        case 'EPERM':
            return 'denied';
        case 'EBUSY':
        case 'ETXTBSY':
        case 'EAGAIN':
            return 'locked';
        case 'ENOENT':
        case 'ENOTDIR':
        case 'EISDIR':
        case 'ESTALE':
            return 'changed';
        case 'ELOOP':
            return 'policy';
        default:
            return 'ioerror';
    }
}
//# sourceMappingURL=container.js.map