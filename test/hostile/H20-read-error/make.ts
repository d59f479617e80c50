import { join } from 'node:path'
import type { Make } from '../case.ts'
import { IIS_LOGS, iisLog, put } from '../parts.ts'

const DAMAGED = `${IIS_LOGS}/u_ex210315.log`

/** Each read of the file after the second fails, as on a medium that is damaged there. */
export const make: Make = ({ evidence }) => {
  put(evidence, DAMAGED, iisLog('2021-03-15', 60_000))
  const path = join(evidence, DAMAGED)
  const calls = 'read,pread64,readv,preadv'
  return {
    through: [
      'strace',
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-P',
      path,
      '-e',
      `trace=${calls}`,
      '-e',
      `inject=${calls}:error=EIO:when=3+`,
    ],
  }
}
