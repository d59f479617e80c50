/** The closed list of what can stop a run. Damaged evidence is never an error: it is a `Gap`. */
export type ErrorCode =
  | 'usage' // the command line is wrong: exit 2
  | 'no-such-path' // exit 2
  | 'out-inside-evidence' // exit 2
  | 'out-not-empty' // exit 2
  | 'out-in-use' // another run writes there: exit 2
  | 'unknown-campaign' // exit 2
  | 'nothing-opened' // empty folder, or a broken or encrypted archive as the only input: exit 1
  | 'bad-pack' // a pack that cannot be loaded at all: exit 1
  | 'bad-bundle' // a signed bundle that is refused: exit 1
  | 'bad-seal' // a seal that is refused: exit 1
  | 'no-such-finding' // exit 2
  | 'not-an-assessment' // exit 2
  | 'evidence-changed' // exit 1
  | 'cannot-write' // the results cannot be written: exit 1

/** Where in a file of the user's the trouble is. Lines and columns count from 1. */
export type Where = { readonly file: string; readonly line?: number; readonly column?: number }

/** What stops the run: a code, one sentence that says what was wanted and what was found, and where. */
export class PosternError extends Error {
  readonly code: ErrorCode
  readonly where: Where | undefined

  constructor(code: ErrorCode, sentence: string, where?: Where) {
    super(sentence)
    this.name = 'PosternError'
    this.code = code
    this.where = where
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
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
}

/** Why the operating system refused a file, in words. */
export function refusal(code: string | undefined): string {
  return REFUSALS[code ?? ''] ?? `the system reports ${code ?? 'an error'}`
}

/** The exit status of each error (2: the user's mistake; 1: the run failed). */
export function exitStatus(code: ErrorCode): 1 | 2 {
  switch (code) {
    case 'nothing-opened':
    case 'bad-pack':
    case 'bad-bundle':
    case 'bad-seal':
    case 'evidence-changed':
    case 'cannot-write':
      return 1
    default:
      return 2
  }
}
