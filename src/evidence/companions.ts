import { addTo } from '../lib/collections.ts'
import type { Member } from './container.ts'

/**
 * Gives each file those that lie beside it and belong to it: a hive its transaction logs (`SYSTEM`: `SYSTEM.LOG1`), the
 * change journal of a volume its master file table (`C/$Extend/$J`: `C/$MFT`).
 */
export function withCompanions(members: readonly Member[]): Member[] {
  const logs = new Map<string, Member[]>()
  const tables = new Tables()
  for (const member of members) {
    if (member.refused) continue
    const hive = LOG.test(member.path) ? member.path.replace(LOG, '').toLowerCase() : ''
    if (hive !== '') addTo(logs, hive, member)
    else tables.add(member)
  }
  if (logs.size === 0 && tables.isEmpty) return [...members]
  return members.map((member) => {
    const own = (logs.size === 0 ? undefined : logs.get(member.path.toLowerCase())?.slice(0, MOST)) ?? tables.of(member)
    if (!own) return member
    return { ...member, companions: own.map(({ path, size, ref }) => ({ path, size, ref })) }
  })
}

const LOG = /\.log[12]?$/i
/** A hive has three logs at most. An archive may hold a name any number of times. */
const MOST = 8

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

/** The master file tables of the evidence, read on demand: many files of such a name slow nothing down. */
class Tables {
  /** By folder; by folder and letter of the volume; by drive of the server. */
  readonly #beside = new Map<string, Member[]>()
  readonly #same = new Map<string, Member[]>()
  readonly #drives = new Map<string, Member[]>()

  get isEmpty(): boolean {
    return this.#beside.size === 0
  }

  add(member: Member): void {
    const volume = volumeOf(member.path, TABLE)
    if (volume === null || isOrdinary(member)) return
    addTo(this.#beside, volume.folder, member)
    addTo(this.#same, `${volume.letter}/${volume.folder}`, member)
    const drive = driveOf(member)
    if (drive !== null) addTo(this.#drives, drive, member)
  }

  /** The one of the volume that a journal is of: in the same folder, or from the same drive of the server. */
  of(member: Member): readonly Member[] | null {
    const journal = this.isEmpty ? null : volumeOf(member.path, JOURNAL)
    if (!journal) return null
    const beside = this.#beside.get(journal.folder)
    const same = this.#same.get(`${journal.letter}/${journal.folder}`)
    const ofDrive = this.#drives.get(driveOf(member) ?? '')
    // Of several that could be meant none is taken: a wrong table gives wrong paths.
    const alone = [same, beside, ofDrive].find((found) => found?.length === 1)
    const conflict =
      alone !== undefined && alone === beside && volumeOf(alone[0]!.path, TABLE)!.letter !== '' && journal.letter !== ''
    return alone === undefined || conflict ? null : alone
  }
}

/** On a drive of the server the table has one name, which no other file can have: `C:\mft.bin` is an ordinary file. */
function isOrdinary({ windowsPath, recordedBy }: Member): boolean {
  return windowsPath !== null && recordedBy === undefined && !/\\\$mft$/i.test(windowsPath)
}

function driveOf(member: Member): string | null {
  return (
    /^(?:[a-z]:|\\\\\?\\globalroot\\device\\[^\\]+)(?=\\\$(?:mft|extend\\))/i
      .exec(member.windowsPath ?? '')?.[0]
      .toLowerCase() ?? null
  )
}
