import type { HiveTree } from './regf.ts'

/** An account of the machine for a SAM hive: no secrets, only what names it and its rights. */
export type SamAccount = {
  readonly name: string
  readonly rid: number
  /** The number that its record bears; its own where none is given. */
  readonly bears?: number
  readonly administrator?: boolean
  readonly disabled?: boolean
  /** It has no entry by its name. */
  readonly unlisted?: boolean
  readonly created?: string | number
}

const USERS = 'SAM\\Domains\\Account\\Users'

/** The keys of a SAM hive with these accounts and the group of administrators. */
export function samTree(accounts: readonly SamAccount[]): HiveTree {
  const domain = Buffer.concat([Buffer.alloc(64), sid(0).subarray(12, 24)])
  const administrators = accounts.filter((account) => account.administrator).map(({ rid }) => sid(rid))
  return {
    SAM: {},
    'SAM\\Domains\\Account': { values: { V: binary(domain) } },
    'SAM\\Domains\\Builtin\\Aliases\\00000220': alias('Administrators', administrators),
    ...Object.fromEntries(
      accounts.flatMap((account) => [
        ...(account.unlisted
          ? []
          : [
              [
                `${USERS}\\Names\\${account.name}`,
                { values: { '': { type: account.rid, data: Buffer.alloc(0) } }, ...timeOf(account) },
              ],
            ]),
        [
          `${USERS}\\${account.rid.toString(16).toUpperCase().padStart(8, '0')}`,
          { values: { F: binary(fixed(account)), V: binary(texts(account.name)) }, ...timeOf(account) },
        ],
      ]),
    ),
  } as HiveTree
}

function timeOf({ created }: SamAccount): { time?: string | number } {
  return created === undefined ? {} : { time: created }
}

/** F: dates, number and flags. [MS-SAMR] 2.2.1.12 */
function fixed({ rid, bears, disabled }: SamAccount): Buffer {
  const f = Buffer.alloc(80)
  f.writeUInt16LE(3, 0)
  f.writeUInt32LE(bears ?? rid, 48)
  f.writeUInt16LE(disabled ? 0x215 : 0x210, 56)
  return f
}

/** V: the name, behind the table of places. */
function texts(name: string): Buffer {
  const text = Buffer.from(name, 'utf16le')
  const v = Buffer.alloc(0xcc + text.length)
  v.writeUInt32LE(text.length, 16)
  text.copy(v, 0xcc)
  return v
}

/** C of a local group: its name and its members. */
function alias(name: string, members: readonly Buffer[]): HiveTree[string] {
  const text = Buffer.from(name, 'utf16le')
  const c = Buffer.alloc(52)
  c.writeUInt32LE(text.length, 20)
  c.writeUInt32LE(text.length, 40)
  c.writeUInt32LE(members.length, 48)
  return { values: { C: binary(Buffer.concat([c, text, ...members])) } }
}

/** S-1-5-21-1-2-3-RID. */
function sid(rid: number): Buffer {
  const bytes = Buffer.alloc(28)
  bytes.writeUInt16LE(0x0501)
  bytes.writeUInt8(5, 7)
  for (const [i, part] of [21, 1, 2, 3, rid].entries()) bytes.writeUInt32LE(part, 8 + i * 4)
  return bytes
}

function binary(data: Buffer) {
  return { type: 'REG_BINARY', data } as const
}
