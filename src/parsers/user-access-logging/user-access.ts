import { canonicalIp } from '../../lib/ip.ts'
import type { Event, FieldValue, LogSource } from '../../model/event.ts'
import { Damage } from '../common/format-error.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readWhole } from '../common/lines.ts'
import type { Stamp } from '../common/binary-reader.ts'
import { EseDatabase, type DamagedRow, type EseRow, ESE_SIGNATURE } from './database.ts'
import { append } from '../../lib/collections.ts'

/**
 * User access logging (SUM, `C:\Windows\System32\LogFiles\Sum`): which address used which role of the server as whom, when
 * first and last and how often on each day, for up to three years.
 * https://learn.microsoft.com/windows-server/administration/user-access-logging/get-started-with-user-access-logging
 */
export const userAccess: Parser = {
  name: 'user-access',
  title: 'User access logging (SUM)',
  product: 'windows',
  recognize: ({ bytes, path }: Head) => (isUserAccess(bytes, path) ? 95 : 0),
  read,
}

const sources: readonly LogSource[] = [{ product: 'postern', service: 'user-access' }]
const LIMIT = 256 * 1024 * 1024

/** An ESE database whose catalog, or whose name, says that it is one of user access logging. */
export function isUserAccess(bytes: Uint8Array, path: string): boolean {
  if (bytes.length < 8) return false
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (head.readUInt32LE(4) !== ESE_SIGNATURE) return false
  if (head.includes('SYSTEM_IDENTITY') || (head.includes('ROLE_ACCESS') && head.includes('CLIENTS'))) return true
  return /(?:^|[\\/])(?:current|systemidentity|\{[\da-f-]{36}\})\.mdb$/i.test(path)
}

async function read(source: Source, sink: Sink): Promise<number> {
  const { data, size } = await readWhole(source, LIMIT)
  const lost: DamagedRow[] = []
  if (size > data.length) {
    const damage = new Damage(`only the first ${LIMIT} bytes are read`, 'too-long')
    lost.push({ offset: data.length, length: size - data.length, damage })
  }
  try {
    const database = new EseDatabase(data)
    if (!database.clean)
      sink.fact({
        fact: 'note',
        note: `${source.path} was copied while it was in use: its last changes lie in the transaction logs beside it`,
        at: { path: source.path, offset: 0, length: database.pageSize },
      })
    if (!readTables(database, source, sink))
      throw new Damage(
        'an ESE database without the tables of user access logging',
        database.lost.length > 0 ? 'corrupt' : 'unsupported',
      )
    append(lost, database.lost)
    const rest = data.length % database.pageSize
    if (rest > 0)
      lost.push({ offset: data.length - rest, length: rest, damage: new Damage('half a page', 'truncated') })
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    lost.push({ offset: 0, length: data.length, damage: error })
  }
  return size - tellLost(lost, sink)
}

/** Gaps in their order, none over another; returns their bytes. */
function tellLost(lost: readonly DamagedRow[], sink: Sink): number {
  let end = 0
  let bytes = 0
  for (const one of [...lost].sort((a, b) => a.offset - b.offset || b.length - a.length)) {
    const from = Math.max(end, one.offset)
    const length = Math.max(0, one.offset + one.length - from)
    if (length === 0 && one.length > 0) continue
    sink.gap({ offset: from, length, reason: one.damage.reason, detail: one.damage.message })
    end = Math.max(end, from + length)
    bytes += length
  }
  return bytes
}

/** Is any of its tables there? */
function readTables(database: EseDatabase, source: Source, sink: Sink): boolean {
  const kinds: readonly (readonly [name: string, (row: EseRow) => Told[]])[] = [
    ['CLIENTS', clients],
    ['ROLE_ACCESS', roleAccess],
    ['DNS', names],
    ['SYSTEM_IDENTITY', identity],
  ]
  let record = 0
  for (const [name, tell] of kinds) {
    const table = database.tables.get(name)
    if (!table) continue
    for (const row of database.rows(table)) {
      record++
      try {
        for (const told of tell(row)) sink.event(eventOf(told, name, { path: source.path, ...row.place, record }))
      } catch (error) {
        if (!(error instanceof Damage)) throw error
        database.lost.push({ ...row.place, damage: error })
      }
    }
  }
  return kinds.some(([name]) => database.tables.has(name))
}

type Told = {
  readonly meaning: string | null
  readonly stamp: Stamp | null
  readonly client?: string | null
  readonly user?: string | null
  readonly fields: Readonly<Record<string, FieldValue>>
  readonly text: string
}

function eventOf(told: Told, table: string, at: Event['at']): Event {
  const { meaning, stamp, text } = told
  return {
    log: 'user-access',
    sources,
    time: stamp?.time ?? null,
    timeBasis: 'format',
    fields: {
      Table: table,
      TimeMeaning: meaning,
      ...(told.client === undefined ? {} : { ClientIP: told.client, IpAddress: told.client }),
      ...(told.user === undefined ? {} : { User: told.user }),
      ...told.fields,
    },
    raw: `${text}${stamp ? `; ${meaning} ${stamp.text}` : ''}`,
    at,
    // Names that the machine had; a clone had those of its first life.
    host: null,
    client: told.client ?? null,
    user: told.user ?? null,
    target: null,
    request: null,
    session: null,
  }
}

/** One event for each end of the time; one when both are the same or only one is known. */
function ends(
  first: [string, Stamp | null],
  last: [string, Stamp | null],
  told: Omit<Told, 'meaning' | 'stamp'>,
): Told[] {
  const known = [first, last].filter(([, stamp]) => stamp !== null)
  if (known.length === 2 && first[1]!.text === last[1]!.text) known.pop()
  if (known.length === 0) return [{ ...told, meaning: null, stamp: null }]
  return known.map(([meaning, stamp]) => ({ ...told, meaning, stamp }))
}

function clients(row: EseRow): Told[] {
  const [client, user, guid] = [
    addressOf(row.bytes('Address')),
    row.text('AuthenticatedUserName'),
    row.guid('RoleGuid'),
  ]
  const [first, last] = [row.fileTime('InsertDate'), row.fileTime('LastAccess')]
  const total = row.number('TotalAccesses')
  const role = roleOf(guid)
  return ends(['first access', first], ['last access', last], {
    client,
    user,
    fields: {
      RoleGuid: guid,
      RoleName: role,
      TenantId: row.guid('TenantId'),
      ClientName: row.text('ClientName'),
      TotalAccesses: total,
      InsertDate: first?.text ?? null,
      LastAccess: last?.text ?? null,
      Days: daysOf(row, last),
    },
    text: `${client ?? 'unknown address'} as ${user ?? 'no account'} used ${role ?? guid ?? 'a role'} ${total ?? '?'} times`,
  })
}

/** Accesses on each day of the year that the database is of: `2021-03-03=12`. */
function daysOf(row: EseRow, last: Stamp | null): string[] {
  if (last === null) return []
  const begin = Date.UTC(new Date(last.time).getUTCFullYear(), 0, 1)
  const days: string[] = []
  for (let day = 1; day <= 366; day++) {
    const count = row.number(`Day${day}`)
    if (count) days.push(`${new Date(begin + (day - 1) * 86_400_000).toISOString().slice(0, 10)}=${count}`)
  }
  return days
}

function roleAccess(row: EseRow): Told[] {
  const guid = row.guid('RoleGuid')
  const role = roleOf(guid)
  return ends(['first seen', row.fileTime('FirstSeen')], ['last seen', row.fileTime('LastSeen')], {
    fields: { RoleGuid: guid, RoleName: role },
    text: `role ${role ?? guid ?? 'unknown'} was used`,
  })
}

function names(row: EseRow): Told[] {
  const client = canonicalIp(row.text('Address') ?? '')
  const name = row.text('HostName')
  return ends(['last seen', row.fileTime('LastSeen')], ['last seen', null], {
    client,
    fields: { HostName: name },
    text: `${client ?? row.text('Address') ?? 'unknown address'} was ${name ?? 'without a name'}`,
  })
}

function identity(row: EseRow): Told[] {
  const host = row.text('SystemDNSHostName')
  return ends(['system seen', row.fileTime('CreationTime')], ['system seen', null], {
    fields: {
      Computer: host,
      Domain: row.text('SystemDomainName'),
      OSMajor: row.number('OSMajor'),
      OSMinor: row.number('OSMinor'),
      OSBuildNumber: row.number('OSBuildNumber'),
      OSLastBootUpTime: row.text('OSLastBootUpTime'),
    },
    text: `this machine was ${host ?? 'without a name'}`,
  })
}

/** Four or sixteen bytes in the order of the network. */
function addressOf(bytes: Buffer | null): string | null {
  if (bytes?.length === 4) return [...bytes].join('.')
  if (bytes?.length !== 16) return null
  return canonicalIp(bytes.toString('hex').match(/.{4}/g)!.join(':'))
}

function roleOf(guid: string | null): string | null {
  return guid === null ? null : (roles.get(guid) ?? null)
}

/** The same on every Windows; SystemIdentity.mdb lists them. */
const roles: ReadonlyMap<string, string> = new Map([
  ['10a9226f-50ee-49d8-a393-9a501d47ce04', 'File Server'],
  ['ad495fc3-0eaa-413d-ba7d-8b13fa7ec598', 'Active Directory Domain Services'],
  ['c50fcc83-bc8d-4df5-8a3d-89d7f80f074b', 'Active Directory Certificate Services'],
  ['b4cdd739-089c-417e-878d-855f90081be7', 'Active Directory Rights Management Service'],
  ['7fb09bd3-7fe6-435e-8348-7d8aefb6cea3', 'Print and Document Services'],
  ['d6256cf7-98fb-4eb4-aa18-303f1da1f770', 'Web Server'],
  ['c23f1c6a-30a8-41b6-bbf7-f266563dfcd6', 'FTP Server'],
  ['952285d9-edb7-4b6b-9d85-0c09e3da0bbd', 'Remote Access'],
  ['bbd85b29-9dcc-4fd9-865d-3846dcba75c7', 'Network Policy and Access Services'],
  ['1479a8c1-9808-411e-9739-2d3c5923e86a', 'Remote Desktop Gateway'],
  ['910cbaf9-b612-4782-a21f-f7c75105434a', 'BranchCache'],
  ['48eed6b2-9cdc-4358-b5a5-8dea3b2f3f6a', 'DHCP Server'],
  ['7cc4b071-292c-4732-97a1-cf9a7301195d', 'FAX Server'],
  ['dde30b98-449e-4b93-84a6-ea86af0b19fe', 'MSMQ'],
  ['8cc0ac85-40f7-4886-9dab-021519800418', 'Reporting Services'],
  ['2414bc1b-1572-4cd9-9ca5-65166d8def3d', 'SQL Server Analysis Services'],
  ['bd7f7c0d-7c36-4721-afa8-0ba700e26d9e', 'SQL Server Database Engine'],
  ['4116a14d-3840-4f42-a67f-f2f9ff46eb4c', 'Windows Deployment Services'],
  ['d8dc1c8e-ea13-49ce-9a68-c9dca8db8b33', 'Windows Server Update Services'],
])
