import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { type Container, defaultLimits } from '../../src/evidence/container.ts'
import {
  EvidenceError,
  openEvidence,
  readMember,
  type EvidenceLimits,
  type ListingGap,
  type Member,
} from '../../src/evidence/index.ts'

const made: string[] = []
after(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** A temporary folder with these files, removed at the end. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'postern-evidence-'))
  made.push(root)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

/** Evidence that is one file with this content. */
export function fileOf(content: string | Uint8Array, name = 'evidence.zip'): string {
  return join(folderOf({ [name]: content }), name)
}

export type Listed = { readonly members: Member[]; readonly gaps: ListingGap[]; readonly paths: string[] }

export async function listing(root: string, limits: Partial<EvidenceLimits> = {}): Promise<Listed> {
  const members: Member[] = []
  const gaps: ListingGap[] = []
  for await (const item of (await openEvidence(root, limits)).list()) {
    if ('ref' in item) members.push(item)
    else gaps.push(item)
  }
  return { members, gaps, paths: members.map((m) => m.path) }
}

export type Came = {
  readonly content: Buffer
  readonly reason: string | null
  readonly delivered: number
  readonly detail: string
}

/** What came of a member, and why no more. */
export async function came(member: Member | undefined, limits: Partial<EvidenceLimits> = {}): Promise<Came> {
  const parts: Uint8Array[] = []
  if (member === undefined) throw new Error('no such member')
  try {
    for await (const chunk of readMember(member.ref, { limits })) parts.push(chunk)
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    return { content: Buffer.concat(parts), reason: error.reason, delivered: error.delivered, detail: error.message }
  }
  const content = Buffer.concat(parts)
  return { content, reason: null, delivered: content.length, detail: '' }
}

/** Everything in the evidence that can be read, as text by path; refusals and gaps as `!reason`. */
export async function contents(root: string, limits: Partial<EvidenceLimits> = {}): Promise<string[]> {
  const { members, gaps } = await listing(root, limits)
  const lines: string[] = []
  for (const m of members) {
    const c = m.refused ? null : await came(m, limits)
    lines.push(
      c === null
        ? `${m.path} !${m.refused?.reason}`
        : `${m.path} = ${c.content.toString('latin1')}${c.reason ? ` !${c.reason}` : ''}`,
    )
  }
  return [...lines, ...gaps.map((g) => `${g.path} (${g.size}) !${g.reason}`)]
}

/** How many bytes are read when an archive is listed. */
export async function bytesListed(container: Container, archive: Buffer): Promise<number> {
  let read = 0
  const bytes = {
    size: archive.length,
    read: (at: number, length: number) => {
      const got = archive.subarray(at, at + length)
      read += got.length
      return Promise.resolve(got)
    },
    close: () => Promise.resolve(),
  }
  for await (const _ of container.list(
    bytes,
    { path: 'a', prefix: 'a!/', windowsPath: null, within: '' },
    defaultLimits,
  ))
    void _
  return read
}
