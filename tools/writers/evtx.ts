import { crc32 } from 'node:zlib'

/**
 * Writes Windows event logs for tests: valid to the last checksum, so that every kind of damage is one we put there.
 * https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
 */

const CHUNK = 65_536
const HEADER = 4_096
const RECORDS = 512

/** One record in plain words. What is not said is left out, or is what Windows writes by itself. */
export type EvtxRecord = {
  readonly channel: string
  readonly provider: string
  readonly providerGuid?: string
  readonly eventId: number
  readonly qualifiers?: number
  readonly version?: number
  /** 4 (information) unless said. */
  readonly level?: number
  readonly task?: number
  readonly opcode?: number
  readonly keywords?: bigint
  readonly computer: string
  readonly recordId: number
  /** ISO text (up to seven decimals, with `Z`), milliseconds since 1970, or a FILETIME. */
  readonly time: string | number | bigint
  readonly processId?: number
  readonly threadId?: number
  readonly userId?: string
  readonly activityId?: string
  /** Items of EventData; a null name is an item without one. */
  readonly data?: readonly (readonly [name: string | null, value: EvtxValue])[]
  /** `Binary` behind the items of EventData. */
  readonly binary?: Uint8Array
  /** An element with children of its own in UserData, in place of EventData. */
  readonly userData?: {
    readonly element: string
    readonly namespace?: string
    readonly items: readonly (readonly [name: string, value: EvtxValue])[]
  }
}

/** Text becomes a string, a number UInt32, a bigint UInt64, a list of texts a string array; other types are made by `typed`. */
export type EvtxValue = string | number | bigint | boolean | null | readonly string[] | TypedValue

/** A value with its type byte; `fragment` in place of bytes is BinXML that is written where it comes to lie. */
export type TypedValue = { readonly type: number; readonly bytes: Uint8Array } | { readonly fragment: Fragment }

export type Template = { readonly guid: string; readonly root: Element }
export type Instance = { readonly template: Template; readonly values: readonly TypedValue[] }
export type Fragment = Instance | { readonly root: Element }

export type Element = {
  readonly name: string
  /** The value without which it is not there. */
  readonly needs?: number
  readonly attributes?: readonly (readonly [name: string, content: Content | readonly Content[]])[]
  readonly children?: readonly (Content | Element)[]
}
export type Content =
  | { readonly text: string }
  | { readonly sub: number; readonly type?: number; readonly optional?: boolean }
  | { readonly char: number }
  | { readonly entity: string }
  | { readonly cdata: string }
  | { readonly instruction: readonly [target: string, data: string] }

export const types = {
  null: 0x00,
  string: 0x01,
  ansi: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  sizeT: 0x10,
  fileTime: 0x11,
  sysTime: 0x12,
  sid: 0x13,
  hexInt32: 0x14,
  hexInt64: 0x15,
  evtHandle: 0x20,
  binXml: 0x21,
  evtXml: 0x23,
  array: 0x80,
} as const

/** A whole log: header, chunks as many as it takes, checksums. Records lie in the order given. */
export function evtxFile(records: readonly EvtxRecord[], options: { readonly dirty?: boolean } = {}): Buffer {
  const chunks: Chunk[] = []
  for (const record of records) {
    let chunk = chunks.at(-1)
    if (!chunk?.add(record)) {
      chunks.push((chunk = new Chunk()))
      if (!chunk.add(record)) throw new Error(`record ${record.recordId} is larger than a chunk`)
    }
  }
  return evtxOfChunks(
    chunks.map((chunk) => chunk.finish()),
    options,
  )
}

/** The file of finished chunks. */
export function evtxOfChunks(chunks: readonly Buffer[], options: { readonly dirty?: boolean } = {}): Buffer {
  const last = chunks.at(-1)
  return Buffer.concat([
    fileHeader({
      chunks: chunks.length,
      next: last ? last.readBigUInt64LE(32) + 1n : 1n,
      dirty: options.dirty ?? false,
    }),
    ...chunks,
  ])
}

export function fileHeader(what: { readonly chunks: number; readonly next: bigint; readonly dirty?: boolean }): Buffer {
  const header = Buffer.alloc(HEADER)
  header.write('ElfFile\0', 'latin1')
  header.writeBigUInt64LE(BigInt(Math.max(0, what.chunks - 1)), 16)
  header.writeBigUInt64LE(what.next, 24)
  header.writeUInt32LE(128, 32)
  header.writeUInt16LE(1, 36)
  header.writeUInt16LE(3, 38)
  header.writeUInt16LE(HEADER, 40)
  header.writeUInt16LE(what.chunks & 0xffff, 42)
  header.writeUInt32LE(what.dirty ? 1 : 0, 120)
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124)
  return header
}

/** Writes both checksums of a chunk anew, after something in it was changed on purpose. */
export function seal(chunk: Buffer): Buffer {
  const free = Math.min(CHUNK, chunk.readUInt32LE(48))
  chunk.writeUInt32LE(crc32(chunk.subarray(RECORDS, free)), 52)
  chunk.writeUInt32LE(crc32(chunk.subarray(128, RECORDS), crc32(chunk.subarray(0, 120))), 124)
  return chunk
}

/** Where the live records of a chunk lie, by their sizes. */
export function recordsOf(chunk: Buffer): { readonly at: number; readonly size: number; readonly id: bigint }[] {
  const found: { at: number; size: number; id: bigint }[] = []
  const free = chunk.readUInt32LE(48)
  for (let at = RECORDS; at + 24 < free && chunk.readUInt32LE(at) === 0x2a2a; ) {
    const size = chunk.readUInt32LE(at + 4)
    found.push({ at, size, id: chunk.readBigUInt64LE(at + 8) })
    at += size
  }
  return found
}

/**
 * Takes a record out as eventlogedit does: the one before it grows over it, those behind it are numbered anew, and the
 * checksums are right again. https://blog.fox-it.com/2017/12/08/detection-and-recovery-of-nsas-covered-up-tracks/
 */
export function unlink(chunk: Buffer, id: number): Buffer {
  const all = recordsOf(chunk)
  const index = all.findIndex((record) => record.id === BigInt(id))
  const [before, gone] = [all[index - 1], all[index]]
  if (!before || !gone) throw new Error(`record ${id} has none before it in its chunk`)
  const size = before.size + gone.size
  chunk.writeUInt32LE(size, before.at + 4)
  chunk.writeUInt32LE(size, before.at + size - 4)
  for (const later of all.slice(index + 1)) chunk.writeBigUInt64LE(later.id - 1n, later.at + 8)
  const last = all.at(-1)!
  chunk.writeBigUInt64LE(chunk.readBigUInt64LE(16) - 1n, 16)
  chunk.writeBigUInt64LE(chunk.readBigUInt64LE(32) - 1n, 32)
  if (last === gone) chunk.writeUInt32LE(before.at, 44)
  return seal(chunk)
}

/** A chunk of 64 KiB that is filled record by record. */
export class Chunk {
  #bytes = Buffer.alloc(CHUNK)
  #at = RECORDS
  #last = 0
  #first: bigint | null = null
  #lastId = 0n
  readonly #names = new Map<string, number>()
  readonly #templates = new Map<string, number>()

  /** False when it does not fit any more; the chunk is then as before. */
  add(record: EvtxRecord): boolean {
    return this.addRaw(BigInt(record.recordId), fileTimeOf(record.time), instanceOf(record))
  }

  /** A record of any BinXML. */
  addRaw(id: bigint, time: bigint, fragment: Fragment): boolean {
    const undo = {
      at: this.#at,
      bytes: Buffer.from(this.#bytes),
      names: [...this.#names],
      templates: [...this.#templates],
    }
    try {
      this.#record(id, time, fragment)
      return true
    } catch (error) {
      if (!(error instanceof Full)) throw error
      this.#bytes = undo.bytes
      this.#at = undo.at
      this.#names.clear()
      for (const [name, at] of undo.names) this.#names.set(name, at)
      this.#templates.clear()
      for (const [guid, at] of undo.templates) this.#templates.set(guid, at)
      return false
    }
  }

  /** The bytes; `free`, where given, is put in place of the true begin of the free space. */
  finish(): Buffer {
    const bytes = this.#bytes
    const first = this.#first ?? 1n
    bytes.write('ElfChnk\0', 'latin1')
    for (const [at, value] of [
      [8, first],
      [16, this.#lastId],
      [24, first],
      [32, this.#lastId],
    ] as const)
      bytes.writeBigUInt64LE(value, at)
    bytes.writeUInt32LE(128, 40)
    bytes.writeUInt32LE(this.#last, 44)
    bytes.writeUInt32LE(this.#at, 48)
    return seal(bytes)
  }

  #record(id: bigint, time: bigint, fragment: Fragment): void {
    const start = this.#at
    this.#u32(0x2a2a)
    this.#u32(0)
    this.#u64(id)
    this.#u64(time)
    this.#put(0x0f, 1, 1, 0)
    this.#fragment(fragment, true)
    this.#put(0)
    while ((this.#at - start) % 8 !== 4) this.#put(0)
    const size = this.#at + 4 - start
    this.#u32(size)
    this.#bytes.writeUInt32LE(size, start + 4)
    this.#last = start
    this.#first ??= id
    this.#lastId = id
  }

  #fragment(fragment: Fragment, dependency: boolean): void {
    if ('template' in fragment) this.#instance(fragment)
    else this.#element(fragment.root, dependency)
  }

  #instance({ template, values }: Instance): void {
    const guid = guidBytes(template.guid)
    this.#put(0x0c, 1)
    this.#bytesOf(guid.subarray(0, 4))
    const known = this.#templates.get(template.guid)
    if (known !== undefined) this.#u32(known)
    else this.#definition(template, guid)
    this.#u32(values.length)
    const table = this.#at
    for (let i = 0; i < values.length; i++) this.#u32(0)
    values.forEach((value, i) => {
      const from = this.#at
      if ('fragment' in value) {
        this.#put(0x0f, 1, 1, 0)
        this.#fragment(value.fragment, false)
        this.#put(0)
      } else this.#bytesOf(value.bytes)
      this.#bytes.writeUInt16LE(this.#at - from, table + i * 4)
      this.#bytes[table + i * 4 + 2] = 'fragment' in value ? types.binXml : value.type
    })
  }

  #definition(template: Template, guid: Buffer): void {
    const at = this.#at + 4
    this.#u32(at)
    const bucket = 384 + (guid.readUInt32LE(0) % 32) * 4
    this.#u32(this.#bytes.readUInt32LE(bucket))
    this.#bytes.writeUInt32LE(at, bucket)
    this.#templates.set(template.guid, at)
    this.#bytesOf(guid)
    this.#u32(0)
    const body = this.#at
    this.#put(0x0f, 1, 1, 0)
    this.#element(template.root, true)
    this.#put(0)
    this.#bytes.writeUInt32LE(this.#at - body, body - 4)
  }

  #element({ name, needs = 0xffff, attributes = [], children = [] }: Element, dependency: boolean): void {
    this.#put(attributes.length > 0 ? 0x41 : 0x01)
    if (dependency) this.#u16(needs)
    const size = this.#at
    this.#u32(0)
    this.#name(name)
    if (attributes.length > 0) {
      const list = this.#at
      this.#u32(0)
      attributes.forEach(([key, content], i) => {
        this.#put(i + 1 < attributes.length ? 0x46 : 0x06)
        this.#name(key)
        for (const piece of [content].flat()) this.#content(piece)
      })
      this.#bytes.writeUInt32LE(this.#at - list - 4, list)
    }
    if (children.length === 0) this.#put(0x03)
    else {
      this.#put(0x02)
      for (const child of children) {
        if ('name' in child) this.#element(child, dependency)
        else this.#content(child)
      }
      this.#put(0x04)
    }
    this.#bytes.writeUInt32LE(this.#at - size - 4, size)
  }

  #content(content: Content): void {
    if ('text' in content) {
      this.#put(0x05, 0x01)
      this.#counted(content.text)
    } else if ('sub' in content) {
      this.#put(content.optional ? 0x0e : 0x0d)
      this.#u16(content.sub)
      this.#put(content.type ?? types.string)
    } else if ('char' in content) {
      this.#put(0x08)
      this.#u16(content.char)
    } else if ('entity' in content) {
      this.#put(0x09)
      this.#name(content.entity)
    } else if ('cdata' in content) {
      this.#put(0x07)
      this.#counted(content.cdata)
    } else {
      this.#put(0x0a)
      this.#name(content.instruction[0])
      this.#put(0x0b)
      this.#counted(content.instruction[1])
    }
  }

  /** A name stands where it is first used; its hash leads to it from the table in the header. */
  #name(name: string): void {
    const known = this.#names.get(name)
    if (known !== undefined) {
      this.#u32(known)
      return
    }
    const at = this.#at + 4
    this.#names.set(name, at)
    this.#u32(at)
    let hash = 0
    for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 65_599) + name.charCodeAt(i)) >>> 0
    hash &= 0xffff
    const bucket = 128 + (hash % 64) * 4
    this.#u32(this.#bytes.readUInt32LE(bucket))
    this.#bytes.writeUInt32LE(at, bucket)
    this.#u16(hash)
    this.#counted(name)
    this.#u16(0)
  }

  #counted(text: string): void {
    this.#u16(text.length)
    this.#bytesOf(Buffer.from(text, 'utf16le'))
  }

  #put(...bytes: number[]): void {
    this.#bytesOf(Buffer.from(bytes))
  }

  #u16(value: number): void {
    this.#put(value & 0xff, value >>> 8)
  }

  #u32(value: number): void {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    this.#bytesOf(bytes)
  }

  #u64(value: bigint): void {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(value)
    this.#bytesOf(bytes)
  }

  #bytesOf(bytes: Uint8Array): void {
    if (this.#at + bytes.length > CHUNK - 4) throw new Full()
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }
}

class Full extends Error {}

// ---------------------------------------------------------------- records in plain words

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event'

/** As Windows writes it: one template for the System block, and in it, as a value, the template of the provider's data. */
export function instanceOf(record: EvtxRecord): Instance {
  const body = bodyOf(record)
  const values: TypedValue[] = [
    typed('uint8', record.level ?? 4),
    typed('uint8', record.opcode ?? 0),
    typed('uint16', record.task ?? 0),
    typed('uint16', record.eventId),
    record.qualifiers === undefined ? NULL : typed('uint16', record.qualifiers),
    typed('hexInt64', record.keywords ?? 0x8000000000000000n),
    typed('fileTime', fileTimeOf(record.time)),
    record.activityId === undefined ? NULL : typed('guid', record.activityId),
    typed('uint32', record.processId ?? 4),
    typed('uint32', record.threadId ?? 8),
    typed('uint64', BigInt(record.recordId)),
    typed('uint8', record.version ?? 0),
    record.userId === undefined ? NULL : typed('sid', record.userId),
    NULL,
    typed('string', record.provider),
    record.providerGuid === undefined ? NULL : typed('guid', record.providerGuid),
    typed('string', record.channel),
    body ? { fragment: body } : NULL,
  ]
  return { template: { guid: guidOf(`System of ${record.computer}`), root: systemOf(record.computer) }, values }
}

/** The template of Windows 7 and later: each leaf needs its value. */
function systemOf(computer: string): Element {
  const sub = (index: number, type: number): Content => ({ sub: index, type, optional: true })
  const leaf = (name: string, index: number, type: number): Element => ({
    name,
    needs: index,
    children: [sub(index, type)],
  })
  return {
    name: 'Event',
    needs: 17,
    attributes: [['xmlns', { text: NAMESPACE }]],
    children: [
      {
        name: 'System',
        children: [
          {
            name: 'Provider',
            attributes: [
              ['Name', sub(14, types.string)],
              ['Guid', sub(15, types.guid)],
            ],
          },
          { ...leaf('EventID', 3, types.uint16), attributes: [['Qualifiers', sub(4, types.uint16)]] },
          leaf('Version', 11, types.uint8),
          leaf('Level', 0, types.uint8),
          leaf('Task', 2, types.uint16),
          leaf('Opcode', 1, types.uint8),
          leaf('Keywords', 5, types.hexInt64),
          { name: 'TimeCreated', attributes: [['SystemTime', sub(6, types.fileTime)]] },
          leaf('EventRecordID', 10, types.uint64),
          {
            name: 'Correlation',
            attributes: [
              ['ActivityID', sub(7, types.guid)],
              ['RelatedActivityID', sub(13, types.guid)],
            ],
          },
          {
            name: 'Execution',
            attributes: [
              ['ProcessID', sub(8, types.uint32)],
              ['ThreadID', sub(9, types.uint32)],
            ],
          },
          leaf('Channel', 16, types.string),
          { name: 'Computer', children: [{ text: computer }] },
          { name: 'Security', attributes: [['UserID', sub(12, types.sid)]] },
        ],
      },
      sub(17, types.binXml),
    ],
  }
}

function bodyOf(record: EvtxRecord): Instance | null {
  if (record.userData) {
    const { element, namespace, items } = record.userData
    const root: Element = {
      name: 'UserData',
      children: [
        {
          name: element,
          ...(namespace ? { attributes: [['xmlns', { text: namespace }]] } : {}),
          children: items.map(([name, value], i) => ({ name, children: [{ sub: i, type: typeOf(valueOf(value)) }] })),
        },
      ],
    }
    return { template: templateOf(root), values: items.map(([, value]) => valueOf(value)) }
  }
  const items = record.data ?? []
  if (items.length === 0 && !record.binary) return null
  const values = items.map(([, value]) => valueOf(value))
  const children: Element[] = items.map(([name], i) => ({
    name: 'Data',
    ...(name === null ? {} : { attributes: [['Name', { text: name }]] }),
    children: [{ sub: i, type: typeOf(values[i]!) }],
  }))
  if (record.binary) {
    children.push({ name: 'Binary', children: [{ sub: values.length, type: types.binary }] })
    values.push({ type: types.binary, bytes: record.binary })
  }
  return { template: templateOf({ name: 'EventData', children }), values }
}

export function templateOf(root: Element): Template {
  return { guid: guidOf(JSON.stringify(root)), root }
}

const NULL: TypedValue = { type: types.null, bytes: Buffer.alloc(0) }

function typeOf(value: TypedValue): number {
  return 'fragment' in value ? types.binXml : value.type
}

function valueOf(value: EvtxValue): TypedValue {
  if (value === null) return NULL
  if (typeof value === 'string') return typed('string', value)
  if (typeof value === 'number') return typed('uint32', value)
  if (typeof value === 'bigint') return typed('uint64', value)
  if (typeof value === 'boolean') return typed('bool', value)
  if (Array.isArray(value))
    return { type: types.array | types.string, bytes: Buffer.from(value.map((v) => `${v}\0`).join(''), 'utf16le') }
  return value as TypedValue
}

/** A value of one of the types that have a plain notation. */
export function typed(type: keyof typeof types, value: string | number | bigint | boolean | Uint8Array): TypedValue {
  return { type: types[type], bytes: typeof value === 'object' ? value : bytesOf(type, value) }
}

function bytesOf(type: keyof typeof types, value: string | number | bigint | boolean): Buffer {
  const bytes = Buffer.alloc(8)
  switch (type) {
    case 'string':
      return Buffer.from(String(value), 'utf16le')
    case 'ansi':
      return Buffer.from(String(value), 'latin1')
    case 'int8':
      bytes.writeInt8(Number(value))
      return bytes.subarray(0, 1)
    case 'uint8':
      bytes.writeUInt8(Number(value))
      return bytes.subarray(0, 1)
    case 'int16':
      bytes.writeInt16LE(Number(value))
      return bytes.subarray(0, 2)
    case 'uint16':
      bytes.writeUInt16LE(Number(value))
      return bytes.subarray(0, 2)
    case 'int32':
      bytes.writeInt32LE(Number(value))
      return bytes.subarray(0, 4)
    case 'uint32':
    case 'hexInt32':
    case 'bool':
      bytes.writeUInt32LE(Number(value))
      return bytes.subarray(0, 4)
    case 'int64':
      bytes.writeBigInt64LE(BigInt(value))
      return bytes
    case 'uint64':
    case 'hexInt64':
    case 'sizeT':
    case 'fileTime':
      bytes.writeBigUInt64LE(BigInt(value))
      return bytes
    case 'real32':
      bytes.writeFloatLE(Number(value))
      return bytes.subarray(0, 4)
    case 'real64':
      bytes.writeDoubleLE(Number(value))
      return bytes
    case 'guid':
      return guidBytes(String(value))
    case 'sid':
      return sidBytes(String(value))
    default:
      throw new Error(`give the bytes of a value of type ${type}`)
  }
}

/** FILETIME of ISO text, milliseconds, or itself. */
export function fileTimeOf(time: string | number | bigint): bigint {
  if (typeof time === 'bigint') return time
  if (typeof time === 'number') return (BigInt(time) + 11_644_473_600_000n) * 10_000n
  const fraction = /\.(\d{1,7})Z?$/.exec(time)?.[1] ?? ''
  const whole = Date.parse(`${time.replace(/\.\d+Z?$|Z$/, '')}Z`)
  if (Number.isNaN(whole)) throw new Error(`no time: ${time}`)
  return fileTimeOf(whole) + BigInt(fraction.padEnd(7, '0'))
}

export function guidBytes(guid: string): Buffer {
  const hex = guid.replace(/[{}-]/g, '')
  const bytes = Buffer.from(hex, 'hex')
  bytes.subarray(0, 4).reverse()
  bytes.subarray(4, 6).reverse()
  bytes.subarray(6, 8).reverse()
  return bytes
}

export function sidBytes(sid: string): Buffer {
  const [, revision, authority, ...subs] = sid.split('-')
  const bytes = Buffer.alloc(8 + subs.length * 4)
  bytes[0] = Number(revision)
  bytes[1] = subs.length
  bytes.writeUIntBE(Number(authority), 2, 6)
  subs.forEach((sub, i) => bytes.writeUInt32LE(Number(sub), 8 + i * 4))
  return bytes
}

/** A GUID that is the same for the same text. */
function guidOf(text: string): string {
  const parts = [0, 1, 2, 3]
    .map((seed) =>
      crc32(Buffer.from(`${seed}${text}`))
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
  return `${parts.slice(0, 8)}-${parts.slice(8, 12)}-${parts.slice(12, 16)}-${parts.slice(16, 20)}-${parts.slice(20)}`.toUpperCase()
}
