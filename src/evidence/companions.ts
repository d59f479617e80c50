import { addTo } from '../lib/lists.ts'
import type { Member } from './container.ts'

/**
 * Gives each file those that lie beside it and belong to it: a hive its transaction logs (`SYSTEM`: `SYSTEM.LOG1`), the
 * change journal of a volume its master file table (`C/$Extend/$J`: `C/$MFT`).
 */
export function withCompanions(members: readonly Member[]): Member[] {
  const logs = new Map<string, Member[]>()
  const tables: Member[] = []
  for (const member of members) {
    if (member.refused) continue
    const hive = LOG.test(member.path) ? member.path.replace(LOG, '').toLowerCase() : ''
    if (hive !== '') addTo(logs, hive, member)
    else if (volumeOf(member.path, TABLE)) tables.push(member)
  }
  if (logs.size === 0 && tables.length === 0) return [...members]
  return members.map((member) => {
    const own = (logs.size === 0 ? undefined : logs.get(member.path.toLowerCase())) ?? tableOf(member, tables)
    if (!own) return member
    return { ...member, companions: own.map(({ path, size, ref }) => ({ path, size, ref })) }
  })
}

const LOG = /\.log[12]?$/i

// Names as collectors give them: `$MFT`, `C_$MFT`, `$MFT_C`, `$MFT.bin`; `$J`, `$UsnJrnl%3A$J`, `$J_C`, `C_$UsnJrnl-$J`.
const MARK = /mft|\$j|%24j|usnjrnl/i
const TABLE = /^(?:([a-z])[_.-])?\$?mft(?:[_.-]([a-z]))?(?:\.\w{1,5})?$/i
const JOURNAL = /^(?:([a-z])[_.-])?(?:\$?usnjrnl(?:(?::|%3a|[_.-])?\$j)?|\$j)(?:[_.-]([a-z]))?(?:\.\w{1,5})?$/i

/** The folder and letter of the volume that a metadata file was taken from; null when it is not called like one. */
function volumeOf(path: string, name: RegExp): { readonly folder: string; readonly letter: string } | null {
  // Most files of the evidence are called otherwise, and a look at the last name tells.
  if (!MARK.test(path.slice(path.lastIndexOf('/') + 1))) return null
  const names = path.toLowerCase().split('/')
  const own = name.exec((names.pop() ?? '').replaceAll('%24', '$'))
  if (!own) return null
  if (/^(?:\$|%24)extend$/.test(names.at(-1) ?? '')) names.pop()
  return { folder: names.join('/'), letter: (own[1] ?? own[2] ?? '').toLowerCase() }
}

/** The master file table of the volume that a journal is of: in the same folder, or from the same drive of the server. */
function tableOf(member: Member, tables: readonly Member[]): readonly Member[] | null {
  if (tables.length === 0) return null
  const journal = volumeOf(member.path, JOURNAL)
  if (!journal) return null
  const beside = tables.filter(({ path }) => volumeOf(path, TABLE)!.folder === journal.folder)
  const same = beside.filter(({ path }) => volumeOf(path, TABLE)!.letter === journal.letter)
  const drive = driveOf(member)
  const ofDrive = drive === null ? [] : tables.filter((table) => driveOf(table) === drive)
  // Of several that could be meant none is taken: a wrong table gives wrong paths.
  const alone = [same, beside, ofDrive].find((found) => found.length === 1)
  const conflict = alone && alone === beside && volumeOf(alone[0]!.path, TABLE)!.letter !== '' && journal.letter !== ''
  return alone === undefined || conflict ? null : alone
}

function driveOf(member: Member): string | null {
  return (
    /^(?:[a-z]:|\\\\\?\\globalroot\\device\\[^\\]+)(?=\\\$(?:mft|extend\\))/i
      .exec(member.windowsPath ?? '')?.[0]
      .toLowerCase() ?? null
  )
}
