/** What stops the run: a code, one sentence that says what was wanted and what was found, and where. */
export class PosternError extends Error {
    code;
    where;
    constructor(code, sentence, where) {
        super(sentence);
        this.name = 'PosternError';
        this.code = code;
        this.where = where;
    }
}
const REFUSALS = {
    EACCES: 'permission denied',
    EBUSY: 'another program uses it',
    EDQUOT: 'your disk quota is used up',
    EEXIST: 'it already exists; choose another name',
    EFBIG: 'it is too large for this file system',
    EINVAL: 'the file system does not allow it',
    EIO: 'the disk reports an error',
    EISDIR: 'it is a folder',
    ELOOP: 'its links lead in a circle',
    EMFILE: 'too many files are open',
    ENAMETOOLONG: 'the path is too long',
    ENFILE: 'too many files are open',
    ENOENT: 'no such file or folder',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'part of its path is a file, not a folder',
    ENOTEMPTY: 'the folder is not empty',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ESTALE: 'the network drive is gone',
    ETIMEDOUT: 'the network drive does not answer',
    EXDEV: 'it is on another disk',
};
/** Why the operating system refused a file, in words. */
export function refusal(code) {
    return REFUSALS[code ?? ''] ?? `the system reports ${code ?? 'an error'}`;
}
/** The exit status of each error (2: the user's mistake; 1: the run failed). */
export function exitStatus(code) {
    switch (code) {
        case 'nothing-opened':
        case 'bad-pack':
        case 'bad-bundle':
        case 'bad-seal':
        case 'evidence-changed':
        case 'cannot-write':
            return 1;
        default:
            return 2;
    }
}
//# sourceMappingURL=errors.js.map