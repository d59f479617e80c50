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

/** Why the operating system refused a file, in words. */
export function refusal(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file'
    case 'EEXIST':
      return 'it is there already; name one that is not'
    case 'EACCES':
    case 'EPERM':
      return 'this user may not'
    case 'EISDIR':
      return 'it is a folder'
    case 'EBUSY':
      return 'another program holds it'
    case 'ENOSPC':
      return 'the disk is full'
    default:
      return code
  }
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
