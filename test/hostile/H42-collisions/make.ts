import { createHash } from 'node:crypto'
import type { Make } from '../case.ts'
import { put, WEB_ROOT } from '../parts.ts'

/** Published by Wang and others in 2004. */
const first =
  'd131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70'
const second =
  'd131dd02c5e6eec4693d9a0698aff95c2fcab50712467eab4004583eb8fb7f8955ad340609f4b30283e4888325f1415a085125e8f7cdc99fd91dbd7280373c5bd8823e3156348f5bae6dacd436c919c6dd53e23487da03fd02396306d248cda0e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6ff72a70'

export const make: Make = ({ evidence }) => {
  const [a, b] = [first, second].map((hex) => Buffer.from(hex, 'hex')) as [Buffer, Buffer]
  const sum = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex')
  if (sum(a) !== sum(b) || a.equals(b)) throw new Error('these are no collision')
  put(evidence, `${WEB_ROOT}/a.bin`, a)
  put(evidence, `${WEB_ROOT}/b.bin`, b)
}
