import { fileTimeOf } from './programs.ts'

/** A column with its type as ESE numbers them; ids from 1, 128 and 256 on are fixed, variable and tagged ones. */
type Column = { readonly id: number; readonly name: string; readonly type: number }
type Value = number | string | Buffer | null
type Table = {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly Readonly<Record<string, Value>>[]
}

const PAGE = 4096
const SIZES = [0, 1, 1, 2, 4, 8, 4, 8, 8, 0, 0, 0, 0, 0, 4, 8, 16, 2]

const catalog: readonly Column[] = [
  { id: 1, name: 'ObjidTable', type: 4 },
  { id: 2, name: 'Type', type: 3 },
  { id: 3, name: 'Id', type: 4 },
  { id: 4, name: 'ColtypOrPgnoFDP', type: 4 },
  { id: 5, name: 'SpaceUsage', type: 4 },
  { id: 6, name: 'Flags', type: 4 },
  { id: 7, name: 'PagesOrLocale', type: 4 },
  { id: 128, name: 'Name', type: 10 },
]

/** A database of pages of 4 KiB: header and its copy, empty pages, the catalog on page 4, then three pages a table. */
export function eseDatabase(tables: readonly Table[], clean = true): Buffer {
  const header = Buffer.alloc(PAGE)
  header.writeUInt32LE(0x89abcdef, 4)
  header.writeUInt32LE(0x620, 8)
  header.writeUInt32LE(clean ? 3 : 2, 52)
  header.writeUInt32LE(20, 232)
  header.writeUInt32LE(PAGE, 236)
  const rows: Record<string, Value>[] = []
  const pages: Buffer[] = []
  tables.forEach(({ name, columns, rows: own }, i) => {
    const root = 5 + 3 * i
    rows.push({
      ObjidTable: i + 2,
      Type: 1,
      Id: i + 2,
      ColtypOrPgnoFDP: root,
      SpaceUsage: 80,
      Flags: 0,
      PagesOrLocale: 0,
      Name: name,
    })
    for (const column of columns)
      rows.push({
        ObjidTable: i + 2,
        Type: 2,
        Id: column.id,
        ColtypOrPgnoFDP: column.type,
        SpaceUsage: SIZES[column.type] || 255,
        Flags: 0,
        PagesOrLocale: column.type === 10 || column.type === 12 ? 1200 : 0,
        Name: column.name,
      })
    // A root with two leaves below it.
    const half = Math.ceil(own.length / 2)
    const leaf = (part: typeof own): Buffer[] => part.map((row) => record(columns, row))
    pages.push(
      page(root, 0x2801 | 4, [pageNumber(root + 1), pageNumber(root + 2)]),
      page(root + 1, 0x2802, leaf(own.slice(0, half))),
      page(root + 2, 0x2802, leaf(own.slice(half))),
    )
  })
  const empty = [1, 2, 3].map(() => Buffer.alloc(PAGE))
  const catalogPage = page(
    4,
    0x2803,
    rows.map((row) => record(catalog, row)),
  )
  return Buffer.concat([header, header, ...empty, catalogPage, ...pages])
}

function pageNumber(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes
}

function page(number: number, flags: number, entries: readonly Buffer[]): Buffer {
  const bytes = Buffer.alloc(PAGE)
  bytes.writeUInt32LE(flags, 36)
  bytes.writeUInt16LE(entries.length + 1, 34)
  let at = 0
  entries.forEach((entry, i) => {
    // A key of one byte: the number of the entry.
    const whole = Buffer.concat([Buffer.from([1, 0, i & 255]), entry])
    bytes.set(whole, 40 + at)
    const tag = PAGE - 4 * (i + 2)
    bytes.writeUInt16LE(whole.length, tag)
    bytes.writeUInt16LE(at, tag + 2)
    at += whole.length
  })
  if (40 + at > PAGE - 4 * (entries.length + 1)) throw new Error('too much for one page')
  let sum = number
  for (let i = 8; i < PAGE; i += 4) sum ^= bytes.readUInt32LE(i)
  bytes.writeUInt32LE(sum >>> 0, 0)
  return bytes
}

/** A row: fixed values with the bits of those not set, variable values behind their ends, tagged ones behind their table. */
function record(columns: readonly Column[], row: Readonly<Record<string, Value>>): Buffer {
  const of = (from: number, to: number): Column[] =>
    columns.filter(({ id }) => id >= from && id < to).sort((a, b) => a.id - b.id)
  const fixed = of(1, 128)
  const bits = Buffer.alloc(Math.ceil(fixed.length / 8))
  const fixedBytes = fixed.map(({ name, type }, i) => {
    const value = row[name] ?? null
    if (value === null) bits[i >> 3]! |= 1 << (i & 7)
    return value === null ? Buffer.alloc(SIZES[type]!) : bytesOf(value, type)
  })
  const variable = of(128, 256)
  const ends = Buffer.alloc(variable.length * 2)
  const variableBytes: Buffer[] = []
  let end = 0
  variable.forEach(({ name, type }, i) => {
    const value = row[name] ?? null
    const bytes =
      value === null
        ? Buffer.alloc(0)
        : type === 10 && columns === catalog
          ? Buffer.from(String(value))
          : bytesOf(value, type)
    variableBytes.push(bytes)
    end += bytes.length
    ends.writeUInt16LE(value === null ? end | 0x8000 : end, i * 2)
  })
  const tagged = of(256, 65_536).filter(({ name }) => (row[name] ?? null) !== null)
  const table = Buffer.alloc(tagged.length * 4)
  const taggedBytes: Buffer[] = []
  let at = table.length
  tagged.forEach(({ id, name, type }, i) => {
    // Long texts are compressed to seven bits a letter, which an extra byte says.
    const long = type === 12
    const bytes = long ? Buffer.concat([Buffer.from([3]), sevenBits(String(row[name]))]) : bytesOf(row[name]!, type)
    table.writeUInt16LE(id, i * 4)
    table.writeUInt16LE(long ? at | 0x4000 : at, i * 4 + 2)
    taggedBytes.push(bytes)
    at += bytes.length
  })
  const head = Buffer.from([fixed.length, 127 + variable.length, 0, 0])
  head.writeUInt16LE(4 + fixedBytes.reduce((sum, { length }) => sum + length, 0) + bits.length, 2)
  return Buffer.concat([head, ...fixedBytes, bits, ends, ...variableBytes, table, ...taggedBytes])
}

function bytesOf(value: Value, type: number): Buffer {
  if (Buffer.isBuffer(value)) return value
  if (typeof value === 'string') return type === 8 ? fileTimeOf(value) : Buffer.from(value, 'utf16le')
  const bytes = Buffer.alloc(SIZES[type]!)
  bytes.writeUIntLE(value ?? 0, 0, Math.min(6, bytes.length))
  return bytes
}

/** Form 2 of compression: seven bits a character, the lowest first. */
function sevenBits(text: string): Buffer {
  const bits = text.length * 7
  const bytes = Buffer.alloc(1 + Math.ceil(bits / 8))
  bytes[0] = (2 << 3) | ((bits - 1) & 7)
  for (let i = 0; i < bits; i++)
    if ((text.charCodeAt(Math.floor(i / 7)) >> (i % 7)) & 1) bytes[1 + (i >> 3)]! |= 1 << (i & 7)
  return bytes
}
